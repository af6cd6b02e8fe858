/** Every deed, in the order in which they are offered. */
import { object } from './asking.ts';
import { complain, expedite } from './chasing.ts';
import { closeRecord } from './closeRecord.ts';
import { checkEffectiveness, execute, meetCondition } from './closing.ts';
import type { Deed } from './deed.ts';
import { revoke } from './ending.ts';
import { erase } from './erasing.ts';
import { placeHold, releaseHold, retrySources } from './holds.ts';
import { reroute } from './rerouting.ts';
import { pickTier, take, takeBack } from './review.ts';
import { assign } from './reviewAssign.ts';
import { correct } from './reviewCorrect.ts';
import { sendBack } from './reviewReturn.ts';
import { closeQuestion, handOver, reopenQuestion } from './talk.ts';

export const ALL_DEEDS: readonly Deed[] = [
  object,
  closeQuestion,
  reopenQuestion,
  pickTier,
  take,
  assign,
  correct,
  sendBack,
  takeBack,
  placeHold,
  releaseHold,
  retrySources,
  expedite,
  reroute,
  complain,
  handOver,
  execute,
  meetCondition,
  closeRecord,
  checkEffectiveness,
  revoke,
  erase,
];
