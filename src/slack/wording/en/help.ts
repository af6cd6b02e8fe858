/** Answers to `/exception help` and to what the command does not understand. */
export const help = {
  title: 'How exceptions work here',
  lines: [
    '`/exception` opens the form in which you ask for an exception. Words after it are put into the rationale.',
    '`/exception status EX-12` shows where a request stands.',
    '`/exception list` shows what waits for you and what you asked for; `/exception list waiting`, `mine`, `tasks` or `holds` shows one of them. Auditors see every request; `/exception list approved` those that stand so.',
    '`/exception find acme` looks for a customer, a policy, a number or words among the requests you may see.',
    '`/exception complaint EX-12` tells customer success at once that its customer complained.',
    '`/exception report 90d` brings the report of any period to those who answer for all exceptions; `2026-W47`, `2026-11` or `2026-11-01..2026-11-15` are periods as well.',
    '`/exception audit EX-12` brings the evidence of a request, as a file that proves itself, to compliance and auditors.',
    '`/exception away` says when you are away and who decides for you meanwhile; `/exception back` ends it early.',
    '`/exception help` shows this.',
  ],
  how: [
    'Two different people agree to every exception: first somebody in operations confirms the details, then management authorizes it. How high it goes depends on the deviation and the decision value.',
    'You get a message when somebody has a question and when it is decided. Until then you can withdraw it.',
  ],
  private: 'Only you can see this.',
  statusWhich: 'Which request? Write its number after it, such as /exception status EX-12.',
};
