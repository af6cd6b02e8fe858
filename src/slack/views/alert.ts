/** Something is broken while running: to the admins, or to whoever it concerns. */
import { type Message, privateMessage } from './message.ts';

/** @param text what it is, what it means, and its remedy */
export const alertMessage = (text: string): Message => privateMessage(text);
