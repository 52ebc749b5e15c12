import type { ApiFunctions } from '../core';
import { buttonFunctions } from './buttons';
import { dialogFunctions } from './dialogs';
import { informationFunctions } from './information';
import { lifeCycle } from './lifeCycle';
import { navigationFunctions } from './navigation';
import { placeFunctions } from './places';

/** All functions of all generations of oVirt's API. */
export const API_FUNCTIONS: ApiFunctions = {
  ...lifeCycle,
  ...informationFunctions,
  ...placeFunctions,
  ...buttonFunctions,
  ...dialogFunctions,
  ...navigationFunctions,
};
