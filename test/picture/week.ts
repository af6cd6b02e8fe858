/** A picture with everything that one can have. Drawn anew into the stored one by `node test/picture/week.ts`. */
import { writeFileSync } from 'node:fs';
import { drawPicture, type Picture } from '../../src/picture/index.ts';

export const STORED = new URL('week.png', import.meta.url);

const WEEKS = ['28 Sep', '5 Oct', '12 Oct', '19 Oct', '26 Oct', '2 Nov', '9 Nov', '16 Nov'];
const ASKED = [18, 22, 26, 21, 25, 0, 28, 31];

export const WEEK: Picture = {
  title: '31 asked, 24 approved, 2 late; refund-window exceptions doubled, most of them for one customer.',
  subtitle: 'Exceptions, 16–22 Nov 2026',
  columns: {
    title: 'Requests a week',
    bars: WEEKS.map((label, i) => ({ label, value: ASKED[i] ?? 0, strong: i === 7 })),
    usual: { value: 24.5, text: 'Dashed: a usual week, 24.5' },
  },
  rows: {
    title: 'By policy (orange mark: a usual week)',
    bars: [
      { label: 'Refund window', value: 14, text: '14, usually 7', usual: 7 },
      { label: 'Discount', value: 9, text: '9, usually 11.5', usual: 11.5 },
      { label: 'Vendor approval without three offers, however urgent', value: 8, text: '8, usually 0', usual: 0 },
      { label: '返金 & <b>Söhne</b>', value: 0, text: 'none', usual: null },
    ],
  },
};

if (import.meta.main) writeFileSync(STORED, await drawPicture(WEEK, { scale: 1 }));
