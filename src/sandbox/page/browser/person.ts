import { html, type TemplateResult } from 'lit';
import type { WireUser } from '../wire.ts';

/** A person's picture, or the first letter of an app or of somebody without one. Its name stands beside it. */
export const face = ({ name, image, id }: Pick<WireUser, 'name' | 'image' | 'id'>, size = ''): TemplateResult =>
  image === ''
    ? html`<span class="face letter ${size} hue-${hue(id)}" data-letter=${name.slice(0, 1).toUpperCase()}></span>`
    : html`<img class="face ${size}" src=${image} alt="" />`;

const hue = (id: string): number => [...id].reduce((sum, letter) => sum + letter.charCodeAt(0), 0) % 6;

export const roleOf = ({ title, kind }: WireUser): string =>
  [title, kind === 'member' || kind === 'owner' ? '' : kind].filter(Boolean).join(', ');
