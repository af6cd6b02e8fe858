/** What somebody is told when something is broken: what happened, what it means for them, and the remedy. */
import type { Intent } from '../../../app/intents.ts';
import { ex } from './names.ts';
import { owed } from './owed.ts';

export const trouble = {
  /** To the admins; `ref` is what the policy says, `#exceptions-manager` or an id. */
  channelBroken: (ref: string): string =>
    `Carveout cannot post in ${ref}. Requests that belong there go to the people concerned by direct message until it can. Check that the channel exists under that name and is not archived, invite @Carveout to it, or name another channel in the policy.`,
  /** To the admins: the week's report waits. */
  digestChannelBroken: (ref: string): string =>
    `The weekly report could not be posted in ${ref}, and is tried again. Check that the channel exists under that name and is not archived, and invite @Carveout to it.`,
  /** To the admins; `code` is Slack's. */
  filesRefused: (code: string): string =>
    `Slack takes no files from Carveout (${code}), so reports go out without their picture and list. Allow file uploads for apps in the workspace's settings, or make room for them.`,
  /** To the requester. */
  noChannelForYours: (number: number): string =>
    `The channel where ${ex(number)} belongs cannot be posted to at the moment. Your request is not lost: it goes to the people who decide about it by direct message, and the administrators know.`,
  /** To the admins; `role` is the policy's name of it. */
  nobodyInRole: (role: string): string =>
    `Nobody can be found for the role "${role}", so requests that wait for it cannot be decided. Check the user group that the policy names for it and who is in it.`,
  nobodyThere: (role: string): string =>
    `Everybody of the role "${role}" who could act is away, and nobody stands in for them, so requests that wait for it cannot be decided. Ask an operations supervisor to set cover with /exception away.`,
  /** To the admins: a job was given up. `number` null: it is about no request. */
  jobGivenUp: (kind: Intent['kind'], number: number | null): string =>
    `Carveout could not deliver something (${number === null ? '' : `${ex(number)}: `}${owed[kind]}) and has given it up after several tries. What was decided is safe; somebody may not have been told. Whoever runs Carveout sees why with “npx node src/cli.ts deliveries dead”, and once that is mended, has it tried again with “npx node src/cli.ts deliveries retry”.`,
  /** To the admins: Socket Mode is lost, but messages still go out. */
  connectionLost: (minutes: number): string =>
    `Carveout has had no connection to Slack over Socket Mode for ${minutes} minutes, and goes on trying. Unless another replica of it is connected, nothing that people press or type arrives; what was decided is safe. Check that SLACK_APP_TOKEN is still valid and that the machine reaches Slack; the log says why each attempt failed.`,
  /** To the admins: the sealer waits for a transaction. */
  sealHeldUp:
    'Nothing has been sealed for fifteen minutes: some program has left a transaction open on the database server, and what is written after it began cannot be sealed before it ends. Nothing is lost. Look for the oldest one in pg_stat_activity and end it.',
  /** To admins and compliance; `stream` is that of an event, or `tree`. */
  recordBroken: (stream: string, seq: number | null): string =>
    `Something is wrong with the record, in ${stream === 'tree' ? 'its seal' : `${stream}${seq === null ? '' : `, event ${seq}`}`}: what is stored is not what was written. Somebody may have changed the database behind Carveout's back. Do not mend it, keep a copy, and run audit verify, which says what is wrong, since when, and what to do next.`,
  /** To the admins; `what` is what is wrong with the tree. */
  sealBroken: (what: string): string =>
    `The record cannot be sealed any more, because ${what}. Somebody may have changed the database behind Carveout's back: do not mend it, keep a copy, and run audit verify, which says what is wrong.`,
  /** To the admins: a place outside of Slack does not take checkpoints. */
  sealNotPublished: (place: 'file' | 'webhook', ref: string, why: string): string =>
    place === 'file'
      ? `Checkpoints of the record cannot be written to ${ref} (${why}), and are written there as soon as they can be. Check that the disk is there and has room, and that Carveout may write to CARVEOUT_SEAL_FILE.`
      : `Checkpoints of the record cannot be posted to ${ref} (${why}), and are posted there as soon as they can be. Check the address in CARVEOUT_SEAL_WEBHOOK and what answers there.`,
  /** Recorded as the reason why somebody else answers for a request. */
  left: 'The account of whoever answered for it was deactivated.',
  /** To the admins. */
  nobodyToOwn: (number: number): string =>
    `Whoever answered for ${ex(number)} has left, and nobody of the operations supervisors can take it over. Add somebody to their user group; it is handed over at the next look, within minutes.`,
};
