/** What plugins of oVirt 4.2 to 4.5 expect of the page that they draw dialogs in; loaded before they can. */
import './patternfly3.css';
import './patternfly4.css';
import './patternfly4Popover.css';
