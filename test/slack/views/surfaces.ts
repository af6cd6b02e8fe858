/** Every message and every modal about a request, for rules that hold on all of them. */
import type { ModalView } from '@slack/types';
import { notice } from '../../../src/app/intents.ts';
import type { Recorded } from '../../../src/core/events.ts';
import { roleOf } from '../../../src/core/policy.ts';
import type { Escalation } from '../../../src/core/request.ts';
import { isTold } from '../../../src/core/told.ts';
import type { Stage } from '../../../src/core/values.ts';
import { approvalCard } from '../../../src/slack/views/card.ts';
import { NO_ANSWERS } from '../../../src/slack/views/deciding.ts';
import { decisionModal } from '../../../src/slack/views/decision.ts';
import { directMessage, supersededLine } from '../../../src/slack/views/direct.ts';
import type { Drawn } from '../../../src/slack/views/drawn.ts';
import { taskLine } from '../../../src/slack/views/ended.ts';
import { escalationMessage } from '../../../src/slack/views/escalation.ts';
import { lateMessage } from '../../../src/slack/views/late.ts';
import { listMessage, statusMessage } from '../../../src/slack/views/lists.ts';
import type { Message } from '../../../src/slack/views/message.ts';
import { cardStub, soFar } from '../../../src/slack/views/moved.ts';
import { pingMessage } from '../../../src/slack/views/ping.ts';
import { answerModal, requestInfoModal } from '../../../src/slack/views/questions.ts';
import { staffingMessage, TOLD_AS } from '../../../src/slack/views/staffing.ts';
import { callLine, ownersLine, storyLine } from '../../../src/slack/views/story.ts';
import { withdrawModal } from '../../../src/slack/views/withdraw.ts';
import { hour, idOf, NAMES } from '../../support/cast.ts';
import { ALL_CAN, pagesOf } from './pages.ts';

export const STAGES: Stage[] = ['validation', 'authorization'];
const LINK = 'https://acme.slack.com/archives/C0EXCEPTIONS/p1700000000000000?thread_ts=1';

const imminent = ({ state }: Drawn): Escalation => ({
  ...{ kind: 'sla_imminent', deadline: state.dueAt, step: 1, roles: ['ops_supervisors'], priority: 'high' },
  ...{ raisedAt: hour(0), at: hour(0), acknowledgeBy: null, acknowledged: null, nudged: null },
});

/** The same request while the whole cast that could decide it is away. */
const short = (drawn: Drawn): Drawn => {
  const missing = STAGES.map((stage) => ({
    ...{ stage, role: roleOf(stage, drawn.state.tier), until: hour(9), away: NAMES.map(idOf), left: [] },
  }));
  return { ...drawn, state: { ...drawn.state, staffing: { short: missing, late: true, at: hour(1), since: hour(1) } } };
};

/** Those who asked, and one of each role. */
const readersOf = ({ state: { requester, beneficiary, owner } }: Drawn): string[] => [
  ...new Set([
    requester,
    owner,
    ...(beneficiary ? [beneficiary] : []),
    ...(['olga', 'eve', 'cleo'] as const).map(idOf),
  ]),
];

/** Every message about a request, those apart that are meant to ping. */
export const messagesOf = (drawn: Drawn, events: readonly Recorded[]): Message[] => [
  approvalCard(drawn),
  cardStub(drawn, LINK),
  supersededLine(drawn, LINK),
  statusMessage(drawn),
  listMessage({
    ...{ which: 'all', waiting: [{ drawn, task: null }], yours: [], now: hour(1), holds: [] },
    tasks: [{ drawn, task: { kind: 'carry_out', due: hour(1) } }],
  }),
  ...[imminent(drawn), ...drawn.state.escalations].map((raised) =>
    escalationMessage(drawn, raised, { person: idOf('sam'), step: 1, zone: 'Asia/Kolkata' }, NAMES.map(idOf)),
  ),
  ...notice.options.flatMap((notice) => readersOf(drawn).map((person) => directMessage(notice, drawn, person))),
  approvalCard(short(drawn)),
  ...TOLD_AS.flatMap((as) => [drawn, short(drawn)].map((each) => staffingMessage(each, as, hour(1)))),
  ...STAGES.map((stage) => directMessage('your_turn', drawn, idOf('olga'), { stage })),
  ...events.filter(isTold).map((event) => storyLine(event, drawn)),
  soFar(drawn, [...events].slice(-15), 3),
  pingMessage({
    ...{ ping: 1, now: hour(1) },
    // Ten of them are more than its lines can say in full.
    lines: Array.from({ length: 12 }, (_, n) => ({
      ...{ drawn, percent: n % 3 === 0 ? null : 25 * n, urgent: n % 2 === 0, stale: n > 6, since: hour(1) },
    })),
  }),
  lateMessage(
    hour(1),
    Array.from({ length: 12 }, () => ({ drawn, ...imminent(drawn), since: hour(0) })),
  ),
];

/** Those that call a group. */
export const callsOf = (drawn: Drawn, groupId: string): Message[] => [
  ...STAGES.map((stage) => callLine(drawn, stage, { groupId, people: [] })),
  ownersLine(drawn, { groupId, people: [] }),
  taskLine(drawn, { groupId, people: [] }),
];

export const modalsOf = (drawn: Drawn, rationale = ''): ModalView[] => [
  ...pagesOf(drawn, { can: ALL_CAN }),
  requestInfoModal(drawn, rationale),
  answerModal(drawn, 1, rationale),
  withdrawModal(drawn, rationale),
  ...STAGES.flatMap((stage) =>
    (['approve', 'reject'] as const).map((act) =>
      decisionModal({
        ...{ drawn, now: hour(3), act, couldAlsoAuthorize: true, stale: ['value $9,000 → $12,500'], queued: true },
        answers: { ...NO_ANSWERS, rationale },
        latest: '2027-03-03',
        seen: { round: 1, stage, contentHash: 'f'.repeat(64) },
      }),
    ),
  ),
];
