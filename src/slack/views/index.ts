/** What the rest of the program draws with. State in, blocks out; nothing here reads a clock or calls Slack. */
export { alertMessage } from './alert.ts';
export { approvalCard, cardStub } from './card.ts';
export { type DecisionModel, decisionModal } from './decision.ts';
export { type Can, detailsModal } from './details.ts';
export { directMessage, type Notice, type Occasion, supersededLine } from './direct.ts';
export type { Drawn } from './drawn.ts';
export { escalationMessage } from './escalation.ts';
export { helpMessage } from './help.ts';
export { type ListModel, type ListRow, listMessage, listRow, statusMessage } from './lists.ts';
export { type Message, privateMessage, refusalMessage } from './message.ts';
export { loadingModal, noticeModal, refusalModal } from './notice.ts';
export { answerModal, requestInfoModal } from './questions.ts';
export {
  emptyForm,
  FIELD_LENGTH,
  type FormModel,
  type FormRoute,
  requestForm,
} from './requestForm.ts';
export { type Called, callLine, storyLine } from './story.ts';
export { withdrawModal } from './withdraw.ts';
