// What belongs to others: permissions, members, limits, permits. Each is made in the page and looked up in the API.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ADMINISTRATOR, api, browser, ENGINE, logIn, PAGE, until, window } from './support.mjs';

const MINE = `views-${process.pid}`;
let launched;
let page;
let problems;
let machine;
let center;
let cluster;
/** of this test, when there was none */
let domain = null;

before(async () => {
  launched = await browser();
  ({ page, problems } = await window(launched));
  cluster = (await api('GET', '/clusters?search=name=Default')).cluster[0];
  center = (await api('GET', '/datacenters?search=name=Default')).data_center[0];
  machine = await api('POST', '/vms', { name: MINE, memory: 134217728, cluster: { id: cluster.id }, template: { name: 'Blank' } });
  await until('the machine is made', async () => (await api('GET', `/vms/${machine.id}`)).status === 'down');
  await logIn(page);
});

after(async () => {
  await launched?.close();
  await api('DELETE', `/vms/${machine.id}`);
  // hosts of others do not reach it, and would wait for it
  if (domain !== null) await api('DELETE', `/storagedomains/${domain.id}?destroy=true`);
});

const dialog = () => page.getByRole('dialog');
const row = (text) => page.locator('.overt-sub tbody tr', { hasText: text });

async function open(place) {
  if ((await dialog().count()) > 0) await page.keyboard.press('Escape');
  await page.goto(`${PAGE}#${place}`);
}

async function pick(label, name) {
  const input = dialog().getByRole('combobox', { name: label, exact: true });
  await input.click();
  await input.fill(name);
  // its description belongs to an option's name
  await page.getByRole('option').filter({ has: page.getByText(name, { exact: true }) }).first().click();
}

async function act(action) {
  await page.locator(`.overt-detail__tab [data-action=${action}], .overt-list [data-action=${action}]`).first().click();
}

async function submit() {
  await dialog().locator('[data-action=submit]').click();
  await dialog().waitFor({ state: 'detached' });
}

async function confirm(name = 'Remove') {
  await dialog().getByRole('button', { name }).click();
  await dialog().waitFor({ state: 'detached' });
}

test('a permission is given and taken where it is shown', async () => {
  await open(`vms-permissions;name=${MINE}`);
  await row('SuperUser').waitFor();
  await act('new');
  await dialog().getByRole('combobox', { name: 'Role', exact: true }).click();
  await page.getByRole('option').filter({ hasText: 'SuperUser' }).waitFor();
  assert.equal(await dialog().getByRole('combobox', { name: 'Role', exact: true }).inputValue(), '', 'nobody gets a role that was not chosen');
  await pick('Role', 'UserRole');
  await dialog().getByRole('combobox', { name: 'For' }).selectOption('everyone');
  await dialog().locator('[data-action=rest]').click();
  assert.match(await dialog().getByRole('textbox', { name: 'Request' }).inputValue().catch(() => dialog().innerText()), /permissions/);
  await submit();
  await row('UserRole').waitFor();
  const permissions = async () => (await api('GET', `/vms/${machine.id}/permissions?follow=role`)).permission ?? [];
  assert.ok((await permissions()).some((one) => one.role.name === 'UserRole'));
  await row('UserRole').click();
  await act('remove');
  await confirm();
  await row('UserRole').waitFor({ state: 'detached' });
  assert.ok(!(await permissions()).some((one) => one.role.name === 'UserRole'));
});

test('an affinity group has its members in its dialog', async () => {
  await open(`vms-affinity_groups;name=${MINE}`);
  await act('new');
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(MINE);
  await dialog().getByText(MINE, { exact: true }).waitFor();
  await submit();
  await row(MINE).waitFor();
  const group = async () => (await api('GET', `/clusters/${cluster.id}/affinitygroups?follow=vms`)).affinity_group.find((one) => one.name === MINE);
  assert.deepEqual((await group()).vms.vm.map((vm) => vm.id), [machine.id]);
  await open(`clusters-affinity_groups;name=Default`);
  await row(MINE).click();
  await act('edit');
  await dialog().getByRole('button', { name: `Remove ${MINE}` }).click();
  await submit();
  await until('nobody is in it', async () => ((await group()).vms?.vm ?? []).length === 0);
  await act('remove');
  await confirm();
  await row(MINE).waitFor({ state: 'detached' });
});

test('a quota is made in its data center and gets a limit', async () => {
  await open('quota');
  await act('new');
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(MINE);
  await pick('Data Center', 'Default');
  await submit();
  await page.locator('.overt-table__row', { hasText: MINE }).getByRole('link', { name: MINE }).click();
  await act('new');
  await dialog().getByRole('spinbutton', { name: 'Memory (GiB)' }).fill('16');
  await submit();
  await row('16 GiB').waitFor();
  const [quota] = (await api('GET', `/datacenters/${center.id}/quotas`)).quota.filter((one) => one.name === MINE);
  const limits = (await api('GET', `/datacenters/${center.id}/quotas/${quota.id}/quotaclusterlimits`)).quota_cluster_limit;
  assert.equal(Number(limits[0].memory_limit), 16);
  await page.locator('.overt-detail__head [data-action=remove]').click();
  await confirm();
  await until('the quota is gone', async () => !(await api('GET', `/datacenters/${center.id}/quotas`)).quota.some((one) => one.name === MINE));
});

test('a role is made of permits, which can be changed', async () => {
  await open('roles');
  await act('new');
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(MINE);
  await pick('Permits: add', 'create_vm');
  await pick('Permits: add', 'reboot_vm');
  await submit();
  const role = await until('the role is made', async () => (await api('GET', '/roles')).role.find((one) => one.name === MINE));
  const permits = async () => ((await api('GET', `/roles/${role.id}/permits`)).permit ?? []).map((one) => one.name).sort();
  assert.deepEqual(await permits(), ['create_vm', 'reboot_vm']);
  await open(`roles-general;id=${role.id}`);
  await row('reboot_vm').waitFor();
  await page.locator('.overt-detail__head [data-action=edit]').click();
  await dialog().getByRole('button', { name: 'Remove reboot_vm' }).click();
  await pick('Permits: add', 'stop_vm');
  await submit();
  await row('stop_vm').waitFor();
  assert.deepEqual(await permits(), ['create_vm', 'stop_vm']);
  await api('DELETE', `/roles/${role.id}`);
});

test('a snapshot is looked at with the disks that are chosen', async () => {
  const where = ((await api('GET', '/storagedomains')).storage_domain ?? []).find((one) => one.type === 'data') ?? (domain = await storage());
  for (const disk of ['a', 'b'])
    await api('POST', `/vms/${machine.id}/diskattachments`, { interface: 'virtio', active: true, disk: { name: `${MINE}-${disk}`, format: 'cow', provisioned_size: 1073741824, storage_domains: { storage_domain: [{ id: where.id }] } } });
  await until('the disks are made', async () => ((await api('GET', `/disks?search=alias=${MINE}*`)).disk ?? []).filter((disk) => disk.status === 'ok').length === 2);
  await api('POST', `/vms/${machine.id}/snapshots`, { description: 'before' });
  const snapshots = async () => (await api('GET', `/vms/${machine.id}/snapshots`)).snapshot;
  await until('the snapshot is made', async () => (await snapshots()).some((one) => one.description === 'before' && one.snapshot_status === 'ok'));
  const layer = async (disk) => (await api('GET', `/disks?search=alias=${MINE}-${disk}`)).disk[0].image_id;
  const before = { a: await layer('a'), b: await layer('b') };
  await open(`vms-snapshots;name=${MINE}`);
  await page.getByRole('radio', { name: 'Choose before' }).check();
  await row(`${MINE}-b`).waitFor();
  await page.locator('[data-action=snapshot_preview]').click();
  await dialog().getByRole('checkbox', { name: `${MINE}-b` }).uncheck();
  await submit();
  await until('it is looked at', async () => (await snapshots()).some((one) => one.snapshot_status === 'in_preview'));
  assert.notEqual(await layer('a'), before.a);
  assert.equal(await layer('b'), before.b);
  await page.locator('[data-action=snapshot_undo]').click();
  await until('it is as it was', async () => (await snapshots()).every((one) => one.snapshot_type !== 'preview' && one.snapshot_status === 'ok'));
});

async function storage() {
  const host = (await api('GET', '/hosts?search=status=up')).host[0];
  const { id } = await api('POST', '/storagedomains', { name: MINE, type: 'data', host: { id: host.id }, storage: { type: 'nfs', address: 'nas', path: `/export/${MINE}` } });
  await api('POST', `/datacenters/${center.id}/storagedomains`, { id });
  await until('it is active', async () => (await api('GET', `/datacenters/${center.id}/storagedomains/${id}`)).status === 'active');
  return { id };
}

test('a network gets a label, another one, and none', async () => {
  const network = await api('POST', '/networks', { name: `n${process.pid}`, data_center: { id: center.id } });
  const labels = async () => ((await api('GET', `/networks/${network.id}/networklabels`)).network_label ?? []).map((one) => one.id).join();
  for (const label of ['red', 'blue', '']) {
    await open(`networks-general;id=${network.id}`);
    await page.locator('[data-action=edit]').click();
    await dialog().getByRole('button', { name: 'Advanced' }).click();
    await dialog().getByRole('tab', { name: 'General' }).click();
    await dialog().getByRole('textbox', { name: 'Label', exact: true }).fill(label);
    await submit();
    await until(`the label is '${label}'`, async () => (await labels()) === label);
  }
  await api('DELETE', `/networks/${network.id}`);
});

test('a tab with entities of another kind is as live as their list', async () => {
  await open(`clusters-virtual_machines;name=${cluster.name}`);
  await row(MINE).waitFor();
  await api('PUT', `/vms/${machine.id}`, { name: `${MINE}-renamed` });
  await row(`${MINE}-renamed`).waitFor();
  await api('PUT', `/vms/${machine.id}`, { name: MINE });
  await open(`vms-disks;name=${MINE}`);
  const disk = (await api('GET', `/disks?search=alias=${MINE}-a`)).disk[0];
  await row(`${MINE}-a`).waitFor();
  await api('PUT', `/vms/${machine.id}/diskattachments/${disk.id}`, { disk: { name: `${MINE}-c` } });
  await row(`${MINE}-c`).waitFor();
});

test('a tag of the tree is what the list is searched for', async () => {
  const tag = await api('POST', '/tags', { name: MINE });
  await api('POST', `/vms/${machine.id}/tags`, { id: tag.id });
  await open('vms');
  await page.locator('[data-action=tag_filter]').click();
  await page.getByRole('menuitem', { name: MINE }).click();
  await page.waitForFunction(() => document.querySelector('.overt-list__scroll').dataset.total === '1');
  await page.locator('.overt-table__row', { hasText: MINE }).waitFor();
  assert.match(decodeURIComponent(new URL(page.url()).hash), new RegExp(`tag="${MINE}"`));
  await api('DELETE', `/tags/${tag.id}`);
  await page.keyboard.press('Escape');
});

test('an administrator sees who is logged in, and logs somebody out', async () => {
  const form = new URLSearchParams({ grant_type: 'password', scope: 'ovirt-app-api', username: ADMINISTRATOR.user, password: ADMINISTRATOR.password });
  const { access_token: token } = await (await fetch(`${ENGINE}/sso/oauth/token`, { method: 'POST', headers: { Accept: 'application/json' }, body: form })).json();
  const asks = async () => (await fetch(`${ENGINE}/api`, { headers: { Authorization: `Bearer ${token}` } })).status;
  assert.equal(await asks(), 200);
  await open('sessions');
  const logOut = page.locator('.overt-main [data-action=terminate]');
  await row('Yes').first().click();
  assert.equal(await logOut.getAttribute('aria-disabled'), 'true');
  // the newest is the first
  await row('No').first().click();
  await logOut.click();
  await dialog().getByRole('button', { name: 'Log out' }).click();
  await until('the session is over', async () => (await asks()) === 401);
  await api('GET', '/events?max=5').then(({ event }) => assert.ok(event.some((one) => one.code === '831'), 'an event says so'));
});

test('what comes with the system says why it cannot be changed', async () => {
  await open('roles');
  await page.locator('.overt-table__row', { hasText: 'AuditLogManager' }).click();
  const edit = page.locator('.overt-list [data-action=edit]');
  assert.equal(await edit.getAttribute('aria-disabled'), 'true');
  await edit.hover();
  await page.getByText('Roles that come with the system cannot be changed').first().waitFor();
});

test('what is emptied in a dialog is taken away', async () => {
  const network = await api('POST', '/networks', { name: `n${process.pid}`, data_center: { id: center.id }, vlan: { id: 7 } });
  await open(`networks-general;id=${network.id}`);
  await page.locator('.overt-detail__head [data-action=edit]').click();
  await dialog().getByRole('spinbutton', { name: 'VLAN' }).fill('');
  await submit();
  assert.equal((await api('GET', `/networks/${network.id}`)).vlan, undefined);
  await api('DELETE', `/networks/${network.id}`);
});

test('all hosts that a machine may run on are shown, and none means any', async () => {
  const hosts = (await api('GET', '/hosts')).host.slice(0, 2);
  await api('PUT', `/vms/${machine.id}`, { placement_policy: { hosts: { host: hosts.map(({ id }) => ({ id })) } } });
  await editMachine('Host');
  for (const host of hosts) await dialog().getByRole('button', { name: `Remove ${host.name}` }).click();
  await submit();
  assert.equal((await api('GET', `/vms/${machine.id}`)).placement_policy.hosts, undefined);
});

test('Edit shows the serial console as it is, and keeps the memory policy that it shows', async () => {
  await api('PUT', `/vms/${machine.id}`, { console: { enabled: true }, memory_policy: { guaranteed: 67108864, max: 1073741824 } });
  await editMachine('Console');
  assert.ok(await dialog().getByRole('checkbox', { name: 'Serial console' }).isChecked());
  await dialog().getByRole('tab', { name: 'Basic', exact: true }).click();
  await dialog().getByRole('spinbutton', { name: 'Memory' }).fill('256');
  await submit();
  const { memory, memory_policy: policy } = await api('GET', `/vms/${machine.id}`);
  assert.deepEqual([memory, policy.guaranteed, policy.max], ['268435456', '67108864', '1073741824']);
});

test('a new machine that lacks a part is completed by trying again', async () => {
  const other = await api('POST', '/datacenters', { name: `${MINE}-other`, local: false });
  const stray = await api('POST', '/networks', { name: `s${process.pid}`, data_center: { id: center.id } });
  await open('vms');
  await page.locator('.overt-list [data-action=new]').click();
  await dialog().getByRole('textbox', { name: 'Name', exact: true }).fill(`${MINE}-new`);
  await pick('Cluster', 'Default');
  const network = dialog().getByRole('combobox', { name: 'Network', exact: true });
  await network.click();
  const profiles = page.getByRole('option').filter({ hasText: 'ovirtmgmt' });
  await profiles.first().waitFor();
  assert.match(await profiles.innerText(), /ovirtmgmt \/ Default/);
  await pick('Network', stray.name);
  await dialog().locator('[data-action=submit]').click();
  await dialog().getByText(`${MINE}-new is made, but`).waitFor();
  await pick('Network', 'ovirtmgmt');
  await submit();
  const [made] = (await api('GET', `/vms?search=name=${MINE}-new&follow=nics`)).vm;
  assert.deepEqual(made.nics.nic.map((nic) => nic.name), ['nic1']);
  await api('DELETE', `/vms/${made.id}`);
  await api('DELETE', `/networks/${stray.id}`);
  await api('DELETE', `/datacenters/${other.id}`);
});

test('Escape closes a list of choices before its dialog', async () => {
  await page.reload();
  await open('vms');
  await page.locator('.overt-list [data-action=new]').click();
  await dialog().getByRole('button', { name: 'Cluster: show choices' }).click();
  await page.getByRole('option').first().waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('option').first().waitFor({ state: 'detached' });
  await dialog().waitFor();
  await page.keyboard.press('Escape');
  await dialog().waitFor({ state: 'detached' });
});

test('many refusals leave the page free, and go away together', async () => {
  const toasts = page.locator('.pf-m-toast .pf-v6-c-alert');
  await page.route('**/start', (route) => route.fulfill({ status: 409, contentType: 'application/json', body: '{"fault":{"reason":"Operation Failed","detail":"[No.]"}}' }));
  await open(`vms-general;name=${MINE}`);
  for (let times = 1; times <= 4; times++) {
    const answer = page.waitForResponse('**/start');
    await page.locator('.overt-detail__head [data-action=start]').click();
    await answer;
  }
  await page.getByRole('button', { name: 'Close all 4' }).waitFor();
  assert.equal(await toasts.count(), 3);
  await page.getByRole('button', { name: 'Close all 4' }).click();
  await toasts.first().waitFor({ state: 'detached' });
  await page.unroute('**/start');
});

test('what was typed stays when an action is refused', async () => {
  await open(`vms-general;name=${MINE}`);
  await page.locator('.overt-detail__head [data-action=more]').click();
  await page.getByRole('menuitem', { name: 'Clone' }).click();
  await dialog().getByRole('textbox', { name: 'Name of the clone' }).fill(MINE);
  await dialog().locator('[data-action=submit]').click();
  await dialog().getByText(/Correlation ID: webadmin-/).waitFor();
  assert.equal(await dialog().getByRole('textbox', { name: 'Name of the clone' }).inputValue(), MINE);
});

test('another machine is found by a part of its name, whatever the first ones are called', async () => {
  const other = await api('POST', '/vms', { name: `zz-${MINE}`, cluster: { id: cluster.id }, template: { name: 'Blank' } });
  await open(`vms-general;name=${MINE}`);
  await page.getByRole('button', { name: /Go to another Virtual Machine/ }).click();
  await page.getByRole('textbox', { name: /Go to another/ }).fill(`z-${MINE}`);
  await page.getByRole('option', { name: `zz-${MINE}` }).waitFor();
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: `zz-${MINE}`, level: 1 }).waitFor();
  await until('the machine is made', async () => (await api('GET', `/vms/${other.id}`)).status === 'down');
  await api('DELETE', `/vms/${other.id}`);
});

test('a field says which number it expects', async () => {
  await editMachine();
  await dialog().getByRole('spinbutton', { name: 'CPU cores' }).fill('1.5');
  await dialog().locator('[data-action=submit]').click();
  await dialog().getByText('CPU cores: 1.5 is not a whole number').waitFor();
});

test('columns of icons are chosen by their names', async () => {
  await open('hosts');
  await page.getByRole('button', { name: 'Columns' }).click();
  for (const name of ['Status icon', 'Additional status']) await page.getByRole('menuitem', { name }).waitFor();
  await page.keyboard.press('Escape');
});

async function editMachine(tab) {
  await open(`vms-general;name=${MINE}`);
  await page.locator('.overt-detail__head [data-action=edit]').click();
  if (!tab) return;
  await dialog().locator('[data-action=advanced]').click();
  await dialog().getByRole('tab', { name: tab, exact: true }).click();
}

test('nothing went wrong in the page on the way', () => assert.deepEqual(problems, []));
