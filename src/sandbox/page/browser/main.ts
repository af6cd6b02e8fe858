/** Runs in the browser. Lit from node_modules by the import map, these sources with their types stripped. */
import { LocalSlack } from './app.ts';
import { applyTheme } from './theme.ts';

applyTheme();
customElements.define('local-slack', LocalSlack);
