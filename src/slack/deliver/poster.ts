/** What reports and packs are posted through. */
import type { Delivery } from '../../store/deliveries.ts';
import type { Deps, Post } from './deps.ts';
import { postOnce } from './post.ts';
import { isShowable, type Place, type Upload, type Uploaded, uploadOnce } from './upload.ts';

export type Poster = {
  /** @throws Later, and Slack's refusals */
  postOnce: (post: Post) => Promise<Delivery>;
  /** @throws the same; that Slack takes no files is a value */
  uploadOnce: (upload: Upload & Partial<Place>) => Promise<Uploaded>;
  /** Whether a picture in a message can show the file, waited for. */
  isShowable: (file: string) => Promise<boolean>;
};

export const posterOf = (deps: Deps): Poster => ({
  postOnce: (post) => postOnce(deps, post),
  uploadOnce: (upload) => uploadOnce(deps, upload),
  isShowable: (file) => isShowable(deps, file),
});
