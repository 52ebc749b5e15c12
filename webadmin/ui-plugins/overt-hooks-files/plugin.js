// Adds a tab to machines that shows what hook scripts would do to them.
const api = window.top.pluginApi('overt-hooks');
const TOKEN = 'overt-hooks';
let shown = null;

api.register({
  UiInit() {
    api.addDetailPlace('VirtualMachine', api.configObject().label, TOKEN, '');
  },
  VirtualMachineSelectionChange([vm]) {
    // a machine that merely changes its state keeps what is shown of it
    if (vm === undefined || vm.id === shown) return;
    shown = vm.id;
    api.setPlaceContentUrl(TOKEN, `plugin/overt-hooks/tab.html?${new URLSearchParams({ id: vm.id })}`);
  },
});
api.ready();
