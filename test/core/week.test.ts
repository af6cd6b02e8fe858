import { describe, expect, it } from 'vitest';
import { latestDueWeek, parseWeek, reportDueAt, weekBefore, weekOf } from '../../src/core/week.ts';

const HOUR = 3_600_000;
const hoursOf = ({ from, to }: { from: string; to: string }) => (Date.parse(to) - Date.parse(from)) / HOUR;

describe('an ISO week', () => {
  it('runs from Monday to Monday in the zone of the policy', () => {
    expect(parseWeek('2026-W47', 'UTC')).toEqual({
      id: '2026-W47',
      from: '2026-11-16T00:00:00.000Z',
      to: '2026-11-23T00:00:00.000Z',
    });
    expect(parseWeek('2026-W47', 'Europe/Berlin')?.from).toBe('2026-11-15T23:00:00.000Z');
  });

  it('belongs to the year of its Thursday', () => {
    expect(weekOf('2027-01-02T12:00:00.000Z', 'UTC').id).toBe('2026-W53');
    expect(weekOf('2024-12-30T00:00:00.000Z', 'UTC').id).toBe('2025-W01');
  });

  it('has an hour less in spring and an hour more in autumn', () => {
    expect(hoursOf(weekOf('2026-03-29T12:00:00.000Z', 'Europe/Berlin'))).toBe(167);
    expect(hoursOf(weekOf('2026-10-25T12:00:00.000Z', 'Europe/Berlin'))).toBe(169);
  });

  it.each(['2025-W53', '2026-W00', '2026-W54', '2026-47', '2026-W7', 'last week', '', '0000-W01'])(
    'is not named by %j',
    (text) => {
      expect(parseWeek(text, 'UTC')).toBeNull();
    },
  );

  it('is the same week before and after midnight only where the zone says so', () => {
    expect(weekOf('2026-11-22T23:30:00.000Z', 'UTC').id).toBe('2026-W47');
    expect(weekOf('2026-11-22T23:30:00.000Z', 'Europe/Berlin').id).toBe('2026-W48');
  });

  it('follows the week before it without a gap, over the clock change too', () => {
    const week = weekOf('2026-04-01T12:00:00.000Z', 'Europe/Berlin');
    expect(weekBefore(week, 'Europe/Berlin').to).toBe(week.from);
  });
});

describe('the report of a week', () => {
  it('falls due on the Monday after it at nine by the clock on the wall', () => {
    const week = weekOf('2026-03-25T12:00:00.000Z', 'Europe/Berlin');
    expect(reportDueAt(week, 'Europe/Berlin')).toBe('2026-03-30T07:00:00.000Z');
  });

  it('is not due a minute before, and due from then on until the next one is', () => {
    expect(latestDueWeek('2026-11-23T08:59:00.000Z', 'UTC').id).toBe('2026-W46');
    expect(latestDueWeek('2026-11-23T09:00:00.000Z', 'UTC').id).toBe('2026-W47');
    expect(latestDueWeek('2026-11-29T23:59:00.000Z', 'UTC').id).toBe('2026-W47');
  });
});
