import type { Switches } from './crm.ts';

/** Two switches, each a button that says what pressing it does. */
export const switchesPage = ({ crmIsOff, contractsDisagree }: Switches): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>The demo's sources</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
  button { font: inherit; padding: .4rem .8rem; }
</style>
<h1>The demo's sources</h1>
<p>Carveout asks them about the customer of each request: a CRM over HTTP, contract records in Postgres and the customers'
history in a CSV file.</p>
<h2>CRM</h2>
<p>${crmIsOff ? 'It is switched off: whoever asks gets no answer.' : 'It answers.'}</p>
<form method="post" action="/switch/crm"><button>${crmIsOff ? 'Switch the CRM on' : 'Switch the CRM off'}</button></form>
<h2>Contract records</h2>
<p>${
  contractsDisagree
    ? 'They have the segment of last year, which is not the one in the CRM.'
    : 'They have the same segment for each customer as the CRM.'
}</p>
<form method="post" action="/switch/contracts"><button>${
  contractsDisagree ? 'Let them agree' : 'Let them disagree with the CRM'
}</button></form>
<p>In the demo, a request of the category “Damage claim” cannot be approved without the CRM and the contract records.</p>
</html>
`;
