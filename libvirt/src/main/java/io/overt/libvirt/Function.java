package io.overt.libvirt;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.SymbolLookup;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.MethodHandle;
import org.jspecify.annotations.Nullable;

/**
 * The C functions in use, one a line, with their signatures: result first, then the arguments; P is
 * a pointer, I a 32-bit integer, J a 64-bit integer ({@code unsigned long} included: LP64), V
 * nothing. Each is looked up at its first use, so that a libvirt that lacks one still serves the
 * rest. Source: the libvirt 9.0 headers.
 */
enum Function {
  INITIALIZE("virInitialize", "I"),
  SET_ERROR_FUNC("virSetErrorFunc", "VPP"),
  GET_LAST_ERROR("virGetLastError", "P"),
  EVENT_REGISTER_DEFAULT_IMPL("virEventRegisterDefaultImpl", "I"),
  EVENT_RUN_DEFAULT_IMPL("virEventRunDefaultImpl", "I"),
  EVENT_ADD_TIMEOUT("virEventAddTimeout", "IIPPP"),
  TYPED_PARAMS_FREE("virTypedParamsFree", "VPI"),

  CONNECT_OPEN("virConnectOpen", "PP"),
  CONNECT_CLOSE("virConnectClose", "IP"),
  CONNECT_IS_ALIVE("virConnectIsAlive", "IP"),
  CONNECT_SET_KEEP_ALIVE("virConnectSetKeepAlive", "IPII"),
  CONNECT_REGISTER_CLOSE_CALLBACK("virConnectRegisterCloseCallback", "IPPPP"),
  CONNECT_UNREGISTER_CLOSE_CALLBACK("virConnectUnregisterCloseCallback", "IPP"),
  CONNECT_EVENT_REGISTER("virConnectDomainEventRegisterAny", "IPPIPPP"),
  CONNECT_EVENT_DEREGISTER("virConnectDomainEventDeregisterAny", "IPI"),
  CONNECT_GET_HOSTNAME("virConnectGetHostname", "PP"),
  CONNECT_GET_LIB_VERSION("virConnectGetLibVersion", "IPP"),
  CONNECT_GET_VERSION("virConnectGetVersion", "IPP"),
  CONNECT_GET_CAPABILITIES("virConnectGetCapabilities", "PP"),
  CONNECT_GET_SYSINFO("virConnectGetSysinfo", "PPI"),
  CONNECT_GET_DOMAIN_CAPABILITIES("virConnectGetDomainCapabilities", "PPPPPPI"),
  CONNECT_GET_CPU_MODEL_NAMES("virConnectGetCPUModelNames", "IPPPI"),
  CONNECT_COMPARE_HYPERVISOR_CPU("virConnectCompareHypervisorCPU", "IPPPPPPI"),
  CONNECT_BASELINE_HYPERVISOR_CPU("virConnectBaselineHypervisorCPU", "PPPPPPPII"),
  CONNECT_LIST_ALL_DOMAINS("virConnectListAllDomains", "IPPI"),
  CONNECT_GET_ALL_DOMAIN_STATS("virConnectGetAllDomainStats", "IPIPI"),
  DOMAIN_LIST_GET_STATS("virDomainListGetStats", "IPIPI"),
  DOMAIN_STATS_RECORD_LIST_FREE("virDomainStatsRecordListFree", "VP"),
  CONNECT_LIST_ALL_NODE_DEVICES("virConnectListAllNodeDevices", "IPPI"),

  NODE_GET_INFO("virNodeGetInfo", "IPP"),
  NODE_GET_CPU_STATS("virNodeGetCPUStats", "IPIPPI"),
  NODE_GET_MEMORY_STATS("virNodeGetMemoryStats", "IPIPPI"),
  NODE_DEVICE_LOOKUP_BY_NAME("virNodeDeviceLookupByName", "PPP"),
  NODE_DEVICE_GET_XML_DESC("virNodeDeviceGetXMLDesc", "PPI"),
  NODE_DEVICE_DETACH("virNodeDeviceDetachFlags", "IPPI"),
  NODE_DEVICE_REATTACH("virNodeDeviceReAttach", "IP"),
  NODE_DEVICE_FREE("virNodeDeviceFree", "IP"),
  NWFILTER_DEFINE_XML("virNWFilterDefineXML", "PPP"),
  NWFILTER_LOOKUP_BY_NAME("virNWFilterLookupByName", "PPP"),
  NWFILTER_FREE("virNWFilterFree", "IP"),
  SECRET_DEFINE_XML("virSecretDefineXML", "PPPI"),
  SECRET_LOOKUP_BY_UUID("virSecretLookupByUUIDString", "PPP"),
  SECRET_SET_VALUE("virSecretSetValue", "IPPJI"),
  SECRET_UNDEFINE("virSecretUndefine", "IP"),
  SECRET_FREE("virSecretFree", "IP"),

  DOMAIN_CREATE_XML("virDomainCreateXML", "PPPI"),
  DOMAIN_DEFINE_XML("virDomainDefineXMLFlags", "PPPI"),
  DOMAIN_CREATE("virDomainCreateWithFlags", "IPI"),
  DOMAIN_UNDEFINE("virDomainUndefineFlags", "IPI"),
  DOMAIN_RESTORE("virDomainRestoreFlags", "IPPPI"),
  DOMAIN_LOOKUP_BY_UUID("virDomainLookupByUUIDString", "PPP"),
  DOMAIN_LOOKUP_BY_NAME("virDomainLookupByName", "PPP"),
  DOMAIN_FREE("virDomainFree", "IP"),
  DOMAIN_REF("virDomainRef", "IP"),
  DOMAIN_GET_CONNECT("virDomainGetConnect", "PP"),
  DOMAIN_GET_NAME("virDomainGetName", "PP"),
  DOMAIN_GET_UUID("virDomainGetUUIDString", "IPP"),
  DOMAIN_GET_ID("virDomainGetID", "IP"),
  DOMAIN_GET_STATE("virDomainGetState", "IPPPI"),
  DOMAIN_GET_INFO("virDomainGetInfo", "IPP"),
  DOMAIN_GET_XML_DESC("virDomainGetXMLDesc", "PPI"),
  DOMAIN_SUSPEND("virDomainSuspend", "IP"),
  DOMAIN_RESUME("virDomainResume", "IP"),
  DOMAIN_SHUTDOWN("virDomainShutdownFlags", "IPI"),
  DOMAIN_REBOOT("virDomainReboot", "IPI"),
  DOMAIN_RESET("virDomainReset", "IPI"),
  DOMAIN_DESTROY("virDomainDestroyFlags", "IPI"),
  DOMAIN_SAVE("virDomainSaveFlags", "IPPPI"),
  DOMAIN_SET_METADATA("virDomainSetMetadata", "IPIPPPI"),
  DOMAIN_GET_METADATA("virDomainGetMetadata", "PPIPI"),
  DOMAIN_ATTACH_DEVICE("virDomainAttachDeviceFlags", "IPPI"),
  DOMAIN_DETACH_DEVICE("virDomainDetachDeviceFlags", "IPPI"),
  DOMAIN_DETACH_DEVICE_ALIAS("virDomainDetachDeviceAlias", "IPPI"),
  DOMAIN_UPDATE_DEVICE("virDomainUpdateDeviceFlags", "IPPI"),
  DOMAIN_SET_VCPUS("virDomainSetVcpusFlags", "IPII"),
  DOMAIN_SET_MEMORY("virDomainSetMemoryFlags", "IPJI"),
  DOMAIN_SET_MEMORY_STATS_PERIOD("virDomainSetMemoryStatsPeriod", "IPII"),
  DOMAIN_SET_INTERFACE_PARAMETERS("virDomainSetInterfaceParameters", "IPPPII"),
  DOMAIN_SET_SCHEDULER_PARAMETERS("virDomainSetSchedulerParametersFlags", "IPPII"),
  DOMAIN_SET_BLOCK_IO_TUNE("virDomainSetBlockIoTune", "IPPPII"),
  DOMAIN_SET_BLOCK_THRESHOLD("virDomainSetBlockThreshold", "IPPJI"),
  DOMAIN_MIGRATE("virDomainMigrateToURI3", "IPPPII"),
  DOMAIN_MIGRATE_SET_MAX_DOWNTIME("virDomainMigrateSetMaxDowntime", "IPJI"),
  DOMAIN_MIGRATE_SET_MAX_SPEED("virDomainMigrateSetMaxSpeed", "IPJI"),
  DOMAIN_MIGRATE_START_POST_COPY("virDomainMigrateStartPostCopy", "IPI"),
  DOMAIN_GET_JOB_STATS("virDomainGetJobStats", "IPPPPI"),
  DOMAIN_ABORT_JOB("virDomainAbortJob", "IP"),
  DOMAIN_BLOCK_COPY("virDomainBlockCopy", "IPPPPII"),
  DOMAIN_BLOCK_COMMIT("virDomainBlockCommit", "IPPPPJI"),
  DOMAIN_BLOCK_PULL("virDomainBlockPull", "IPPJI"),
  DOMAIN_BLOCK_JOB_ABORT("virDomainBlockJobAbort", "IPPI"),
  DOMAIN_GET_BLOCK_JOB_INFO("virDomainGetBlockJobInfo", "IPPPI"),
  DOMAIN_BLOCK_RESIZE("virDomainBlockResize", "IPPJI"),
  DOMAIN_GET_BLOCK_INFO("virDomainGetBlockInfo", "IPPPI"),
  DOMAIN_SNAPSHOT_CREATE_XML("virDomainSnapshotCreateXML", "PPPI"),
  DOMAIN_SNAPSHOT_FREE("virDomainSnapshotFree", "IP"),
  DOMAIN_CHECKPOINT_CREATE_XML("virDomainCheckpointCreateXML", "PPPI"),
  DOMAIN_CHECKPOINT_LOOKUP_BY_NAME("virDomainCheckpointLookupByName", "PPPI"),
  DOMAIN_CHECKPOINT_DELETE("virDomainCheckpointDelete", "IPI"),
  DOMAIN_CHECKPOINT_FREE("virDomainCheckpointFree", "IP"),
  DOMAIN_BACKUP_BEGIN("virDomainBackupBegin", "IPPPI"),
  DOMAIN_BACKUP_GET_XML_DESC("virDomainBackupGetXMLDesc", "PPI"),
  DOMAIN_CORE_DUMP("virDomainCoreDumpWithFormat", "IPPII"),
  DOMAIN_SCREENSHOT("virDomainScreenshot", "PPPII"),
  DOMAIN_FS_FREEZE("virDomainFSFreeze", "IPPII"),
  DOMAIN_FS_THAW("virDomainFSThaw", "IPPII"),
  DOMAIN_FS_TRIM("virDomainFSTrim", "IPPJI"),
  DOMAIN_SET_USER_PASSWORD("virDomainSetUserPassword", "IPPPI"),
  DOMAIN_SET_TIME("virDomainSetTime", "IPJII"),
  DOMAIN_SEND_KEY("virDomainSendKey", "IPIIPII"),
  DOMAIN_GET_GUEST_INFO("virDomainGetGuestInfo", "IPIPPI"),
  DOMAIN_INTERFACE_ADDRESSES("virDomainInterfaceAddresses", "IPPII"),
  DOMAIN_INTERFACE_FREE("virDomainInterfaceFree", "VP"),
  STREAM_NEW("virStreamNew", "PPI"),
  STREAM_RECV("virStreamRecv", "IPPJ"),
  STREAM_FINISH("virStreamFinish", "IP"),
  STREAM_ABORT("virStreamAbort", "IP"),
  STREAM_FREE("virStreamFree", "IP"),

  QEMU_AGENT_COMMAND(Library.QEMU, "virDomainQemuAgentCommand", "PPPII"),
  QEMU_MONITOR_COMMAND(Library.QEMU, "virDomainQemuMonitorCommand", "IPPPI"),
  FREE(Library.C, "free", "VP");

  private enum Library {
    LIBVIRT,
    QEMU,
    C
  }

  private final Library library;
  private final String symbol;
  private final String signature;

  @SuppressWarnings("ImmutableEnumChecker") // a cache
  private volatile @Nullable MethodHandle handle;

  Function(String symbol, String signature) {
    this(Library.LIBVIRT, symbol, signature);
  }

  Function(Library library, String symbol, String signature) {
    this.library = library;
    this.symbol = symbol;
    this.signature = signature;
  }

  String symbol() {
    return symbol;
  }

  /** Takes one {@code Object[]} of the arguments. */
  MethodHandle handle() {
    MethodHandle known = handle;
    if (known == null) {
      known = link();
      handle = known;
    }
    return known;
  }

  private MethodHandle link() {
    SymbolLookup lookup =
        switch (library) {
          case LIBVIRT -> Libraries.libvirt();
          case QEMU -> Libraries.qemu();
          case C -> Linker.nativeLinker().defaultLookup();
        };
    var address =
        lookup
            .find(symbol)
            .orElseThrow(
                () ->
                    new LibvirtException(
                        ErrorCode.NO_SUPPORT,
                        0,
                        "the installed libvirt has no function " + symbol));
    MemoryLayout[] arguments =
        signature.substring(1).chars().mapToObj(Function::layout).toArray(MemoryLayout[]::new);
    FunctionDescriptor descriptor =
        signature.charAt(0) == 'V'
            ? FunctionDescriptor.ofVoid(arguments)
            : FunctionDescriptor.of(layout(signature.charAt(0)), arguments);
    return Linker.nativeLinker()
        .downcallHandle(address, descriptor)
        .asSpreader(Object[].class, arguments.length);
  }

  private static ValueLayout layout(int letter) {
    return switch (letter) {
      case 'P' -> ValueLayout.ADDRESS;
      case 'I' -> ValueLayout.JAVA_INT;
      case 'J' -> ValueLayout.JAVA_LONG;
      default -> throw new IllegalStateException("no layout for " + (char) letter);
    };
  }
}
