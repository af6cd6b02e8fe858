/** Names of files that every system can unpack, whatever somebody called them. */

/** Code points; some systems take no more than 255 bytes in all. */
const LONGEST = 60;
/** What Windows takes for a device, with any ending. */
const DEVICE = /^(con|prn|aux|nul|com\d|lpt\d)(\.|$)/i;

/** Neither the beginning nor the end of a name may be a point or a space. */
const trimmed = (text: string): string => text.replace(/^[. ]+|[. ]+$/g, '');

/** @param sha256 of the bytes, by whose beginning two files of one name are told apart */
export function evidenceName(name: string, sha256: string): string {
  const plain = trimmed(name.normalize('NFC').replace(/[\p{C}\p{Z}<>:"/\\|?*]+/gu, ' '));
  const at = plain.lastIndexOf('.');
  const [stem, ending] = at > 0 && plain.length - at <= 10 ? [plain.slice(0, at), plain.slice(at)] : [plain, ''];
  const short = trimmed([...stem].slice(0, LONGEST).join(''));
  const safe = short === '' || DEVICE.test(short) ? `file ${short}`.trim() : short;
  return `${safe}-${sha256.slice(0, 12)}${ending}`;
}
