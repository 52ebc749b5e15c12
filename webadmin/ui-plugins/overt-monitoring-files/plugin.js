// Adds a tab to machines and hosts, and gives its page the entity that is selected.
const api = window.top.pluginApi('overt-monitoring');
const shown = {};

function show(kind, [entity]) {
  if (entity === undefined) return;
  const query = new URLSearchParams({ kind, id: entity.id, name: entity.name, hostname: entity.hostname ?? '' });
  // a machine that merely changes its state keeps its graphs
  if (shown[kind] === String(query)) return;
  shown[kind] = String(query);
  api.setPlaceContentUrl(`overt-monitoring-${kind}`, `plugin/overt-monitoring/tab.html?${query}`);
}

api.register({
  UiInit() {
    const { label } = api.configObject();
    for (const kind of ['VirtualMachine', 'Host']) {
      api.addDetailPlace(kind, label, `overt-monitoring-${kind}`, '');
    }
  },
  VirtualMachineSelectionChange: (vms) => show('VirtualMachine', vms),
  HostSelectionChange: (hosts) => show('Host', hosts),
});
api.ready();
