// The talk's policy, made in the dialog: a unit in Python is dragged among the enabled filters, told its number, and
// given to a cluster; a machine that it refuses says so; and what was a mistake is taken back.
import assert from 'node:assert/strict';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { api, browser, logIn, PAGE, until, window } from './support.mjs';

const UNIT = `max_vms_${process.pid}`;
const VM = `refused-${process.pid}`;
const FOLDER = process.env.OVERT_UNITS;
const SOURCE = `
class ${UNIT}():
    '''returns only hosts that may run more machines'''

    properties_validation = 'maximum_vm_count=[0-9]*'

    def do_filter(self, hosts_ids, vm_id, args_map):
        if int(args_map.get('maximum_vm_count', 100)) > 0:
            print(hosts_ids)
        else:
            print([])
`;

let launched;
let page;
let problems;
let original;

before(async () => {
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(join(FOLDER, `${UNIT}.py`), SOURCE);
  await api('POST', '/vms', { name: VM, memory: 134217728, cluster: { name: 'Default' }, template: { name: 'Blank' }, os: { kernel: '/boot/vmlinuz' } });
  original = (await cluster()).scheduling_policy.id;
  await until('the unit is found', async () => (await api('GET', '/schedulingpolicyunits')).scheduling_policy_unit.some((unit) => unit.name === UNIT && unit.enabled === 'true'));
  await until('the machine is made', async () => (await api('GET', `/vms?search=name=${VM}`)).vm?.[0]?.status === 'down');
  launched = await browser();
  ({ page, problems } = await window(launched));
  await logIn(page);
});

after(async () => {
  await launched?.close();
  await api('PUT', `/clusters/${(await cluster()).id}`, { scheduling_policy: { id: original } });
  const policy = (await api('GET', '/schedulingpolicies')).scheduling_policy.find((one) => one.name === UNIT);
  if (policy) await api('DELETE', `/schedulingpolicies/${policy.id}`);
  rmSync(join(FOLDER, `${UNIT}.py`));
  await api('DELETE', `/vms/${(await api('GET', `/vms?search=name=${VM}`)).vm[0].id}`);
});

const cluster = async () => (await api('GET', '/clusters?search=name=Default')).cluster[0];
const dialog = () => page.getByRole('dialog');

test('a unit of our own is dragged among the enabled filters and told its number', async () => {
  await page.goto(`${PAGE}#schedulingPolicies`);
  await page.locator('[data-action=new]').click();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(UNIT);
  const unit = dialog().locator('[data-column=Filter-disabled] li', { hasText: UNIT });
  await unit.scrollIntoViewIfNeeded();
  assert.match(await unit.innerText(), /\(EXT\)/);
  await unit.dragTo(dialog().locator('[data-column=Filter-enabled]'));
  await dialog().locator('[data-column=Filter-enabled] li', { hasText: UNIT }).waitFor();
  await dialog().locator('[data-action=property]').selectOption('maximum_vm_count');
  await dialog().getByRole('button', { name: 'Add maximum_vm_count' }).click();
  const value = dialog().getByRole('textbox', { name: 'maximum_vm_count' });
  await value.fill('many');
  await dialog().locator('[data-action=submit]').click();
  await dialog().getByText(/maximum_vm_count: .*\[0-9\]\*/).waitFor();
  await value.fill('0');
  await dialog().locator('[data-action=submit]').click();
  await dialog().waitFor({ state: 'detached' });
  const policy = (await api('GET', '/schedulingpolicies')).scheduling_policy.find((one) => one.name === UNIT);
  assert.deepEqual(policy.properties.property.find((one) => one.name === 'maximum_vm_count'), { name: 'maximum_vm_count', value: '0' });
});

test('the policy is given to a cluster', async () => {
  await page.goto(`${PAGE}#clusters-general;name=Default`);
  await page.locator('[data-action=edit]').first().click();
  const policy = dialog().getByRole('combobox', { name: /Scheduling policy/i });
  if (!(await policy.isVisible())) {
    await dialog().getByRole('button', { name: 'Advanced' }).click();
    await dialog().getByRole('tab', { name: 'Scheduling policy', exact: false }).click();
  }
  await policy.fill(UNIT);
  await page.getByRole('option', { name: UNIT }).click();
  await dialog().getByRole('button', { name: 'OK' }).click();
  await dialog().waitFor({ state: 'detached' });
  const policies = (await api('GET', '/schedulingpolicies')).scheduling_policy;
  assert.equal((await cluster()).scheduling_policy.id, policies.find((one) => one.name === UNIT).id);
});

test('a start that the unit refuses says so, and why can be read host by host', async () => {
  await page.goto(`${PAGE}#vms;search=name%3D${VM}`);
  await page.locator('.overt-table__row', { hasText: VM }).click();
  await page.locator('[data-action=start]').first().click();
  const toast = page.locator('.pf-v6-c-alert', { hasText: `${UNIT} removed` });
  await toast.waitFor();
  assert.match(await toast.innerText(), /Correlation id/);
  await page.goto(`${PAGE}#vms-placement;name=${VM}`);
  await page.getByRole('button', { name: 'Preview' }).click();
  await page.getByText(UNIT).first().waitFor();
});

test('the mistake is taken back where it was told', async () => {
  await page.goto(`${PAGE}#clusters-general;name=Default`);
  await page.locator('[data-action=edit]').first().click();
  await dialog().getByRole('textbox', { name: /^Comment/ }).or(dialog().getByRole('textbox', { name: /^Description/ })).first().fill('a mistake');
  await dialog().getByRole('button', { name: 'OK' }).click();
  await dialog().waitFor({ state: 'detached' });
  const changed = async () => JSON.stringify(await cluster()).includes('a mistake');
  assert.ok(await changed());
  await page.getByRole('button', { name: 'Undo' }).last().click();
  await until('it is as it was', async () => !(await changed()));
});

test('nothing went wrong in the page on the way', () => assert.deepEqual(problems, []));
