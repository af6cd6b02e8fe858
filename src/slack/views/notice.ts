/** A modal that says one thing and has nothing to submit: loading, a refusal, a result. */
import type { ModalView } from '@slack/types';
import { VIEW } from '../ids.ts';
import { wording } from '../wording/index.ts';
import { modal, section } from './blocks.ts';

export const noticeModal = (title: string, text: string, locale?: string): ModalView =>
  modal({ callback: VIEW.notice, title, close: wording(locale).notices.close, blocks: [section(text)] });

export const loadingModal = (locale?: string): ModalView => {
  const { title, text } = wording(locale).notices.loading;
  return noticeModal(title, text, locale);
};
