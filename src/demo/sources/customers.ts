/** What the demo's company knows of its customers, as its CRM and its contract records have it. */
export type Segment = 'Gold' | 'Silver' | 'Bronze';
export type Customer = {
  name: string;
  segment: Segment;
  manager: string;
  /** `2019-03-01` */
  since: string;
  contract: { number: string; endsOn: string; paymentDays: number };
};

const customer = (
  name: string,
  segment: Segment,
  manager: string,
  since: string,
  number: string,
  endsOn: string,
  paymentDays: number,
): Customer => ({ name, segment, manager, since, contract: { number, endsOn, paymentDays } });

const NINA = 'Nina Hartwig';
const TOM = 'Tom Okafor';
const ELIF = 'Elif Demir';

export const CUSTOMERS: readonly Customer[] = [
  customer('ACME', 'Gold', NINA, '2016-02-01', 'HS-2016-014', '2027-12-31', 30),
  customer('Blue Heron Cafés', 'Silver', ELIF, '2021-05-01', 'HS-2021-077', '2027-04-30', 30),
  customer('Brightwater Schools', 'Gold', TOM, '2018-08-15', 'HS-2018-102', '2028-07-31', 30),
  customer('Cardinal Bakeries', 'Bronze', NINA, '2024-01-10', 'HS-2024-009', '2026-12-31', 14),
  customer('Fjord Outdoor', 'Silver', TOM, '2020-11-01', 'HS-2020-131', '2027-10-31', 30),
  customer('Hansa Yachts', 'Gold', ELIF, '2017-03-20', 'HS-2017-031', '2027-03-31', 45),
  customer('Kranz Logistics', 'Silver', TOM, '2019-06-01', 'HS-2019-058', '2027-05-31', 30),
  customer('Lumen Hotels', 'Gold', NINA, '2015-09-01', 'HS-2015-088', '2028-08-31', 45),
  customer('Marlow & Finch', 'Bronze', TOM, '2023-04-01', 'HS-2023-041', '2027-03-31', 14),
  customer('Mistral Boutiques', 'Bronze', ELIF, '2022-10-05', 'HS-2022-119', '2026-12-31', 30),
  customer('Ostsee Catering', 'Silver', NINA, '2020-02-17', 'HS-2020-015', '2027-01-31', 30),
  customer('Petit Port', 'Bronze', NINA, '2023-07-01', 'HS-2023-070', '2027-06-30', 14),
  customer('Quayside Markets', 'Silver', TOM, '2018-05-02', 'HS-2018-049', '2027-04-30', 30),
  customer('Stein Apotheken', 'Gold', ELIF, '2016-11-11', 'HS-2016-127', '2028-10-31', 30),
  customer('Tanaka Foods', 'Gold', NINA, '2019-01-07', 'HS-2019-002', '2027-12-31', 45),
  customer('Verdi Trattorie', 'Bronze', ELIF, '2022-03-03', 'HS-2022-026', '2027-02-28', 14),
  customer('Weber Kliniken', 'Gold', NINA, '2014-04-01', 'HS-2014-011', '2028-03-31', 30),
];
