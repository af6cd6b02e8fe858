import type { Machine } from '../machine.ts';
import { readable, readBlocks } from '../mrkdwn.ts';
import type { Channel, Message, User } from '../types.ts';

/** May this person open the channel? Members may; full members of the workspace may look into public ones. */
export function maySee(machine: Machine, user: User, channel: Channel): boolean {
  if (user.deleted) return false;
  if (machine.workspace.isMember(channel, user.id)) return true;
  const guest = user.is_restricted || user.is_ultra_restricted || user.is_stranger;
  return channel.kind === 'public' && !guest && user.team_id === machine.workspace.team.id;
}

export const visibleChannels = (machine: Machine, user: User): Channel[] =>
  [...machine.workspace.channels.values()].filter((channel) => maySee(machine, user, channel));

/** Everything a person can see anywhere, ephemeral messages too, oldest first. */
export function visibleMessages(machine: Machine, user: User): Message[] {
  const { workspace } = machine;
  return [
    ...visibleChannels(machine, user).flatMap((channel) => workspace.messagesIn(channel.id)),
    ...workspace.ephemerals.filter((message) => message.onlyFor === user.id),
  ].sort((a, b) => Number(a.ts) - Number(b.ts));
}

/** Is the message there, where this person may look? */
export function sees(machine: Machine, user: User, message: Message): boolean {
  const { workspace } = machine;
  if (message.onlyFor !== undefined) return message.onlyFor === user.id && workspace.ephemerals.includes(message);
  const channel = workspace.channels.get(message.channel);
  return channel !== undefined && maySee(machine, user, channel) && workspace.messagesIn(channel.id).includes(message);
}

/** A message as its reader reads it: blocks if there are any, else the text. */
export function readMessage(machine: Machine, message: Message, reader: string): string {
  const names = machine.workspace.names(reader);
  return message.blocks.length > 0 ? readBlocks(message.blocks, names) : readable(message.text, names);
}
