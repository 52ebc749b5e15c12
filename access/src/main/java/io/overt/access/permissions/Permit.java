package io.overt.access.permissions;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A thing that a role may allow; numbers, names and attributes as in oVirt engine 4.5.
 *
 * <p>An administrative permit belongs into roles of administrators only. A permit that opens
 * children makes a role show what lies below the object of a permission, see {@link Visibility}.
 */
public enum Permit {
  CREATE_VM(1, Holder.USER, Children.CLOSED),
  DELETE_VM(2, Holder.USER, Children.OPEN),
  EDIT_VM_PROPERTIES(3, Holder.USER, Children.OPEN),
  CHANGE_VM_CD(5, Holder.USER, Children.OPEN),
  MIGRATE_VM(6, Holder.USER, Children.OPEN),
  CONNECT_TO_VM(7, Holder.USER, Children.OPEN),
  IMPORT_EXPORT_VM(8, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_VM_NETWORK(9, Holder.USER, Children.OPEN),
  CONFIGURE_VM_STORAGE(10, Holder.USER, Children.OPEN),
  MOVE_VM(11, Holder.USER, Children.OPEN),
  MANIPULATE_VM_SNAPSHOTS(12, Holder.USER, Children.OPEN),
  RECONNECT_TO_VM(13, Holder.USER, Children.OPEN),
  CHANGE_VM_CUSTOM_PROPERTIES(14, Holder.ADMINISTRATOR, Children.OPEN),
  EDIT_ADMIN_VM_PROPERTIES(15, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_INSTANCE(16, Holder.USER, Children.CLOSED),
  REBOOT_VM(17, Holder.USER, Children.OPEN),
  STOP_VM(18, Holder.USER, Children.OPEN),
  SHUT_DOWN_VM(19, Holder.USER, Children.OPEN),
  HIBERNATE_VM(21, Holder.USER, Children.OPEN),
  RUN_VM(22, Holder.USER, Children.OPEN),
  RESET_VM(23, Holder.USER, Children.OPEN),
  CREATE_HOST(100, Holder.ADMINISTRATOR, Children.OPEN),
  EDIT_HOST_CONFIGURATION(101, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_HOST(102, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_HOST(103, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_HOST_NETWORK(104, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_TEMPLATE(200, Holder.USER, Children.CLOSED),
  EDIT_TEMPLATE_PROPERTIES(201, Holder.USER, Children.OPEN),
  DELETE_TEMPLATE(202, Holder.USER, Children.OPEN),
  COPY_TEMPLATE(203, Holder.USER, Children.OPEN),
  CONFIGURE_TEMPLATE_NETWORK(204, Holder.USER, Children.OPEN),
  EDIT_ADMIN_TEMPLATE_PROPERTIES(205, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_VM_POOL(300, Holder.USER, Children.CLOSED),
  EDIT_VM_POOL_CONFIGURATION(301, Holder.USER, Children.OPEN),
  DELETE_VM_POOL(302, Holder.USER, Children.OPEN),
  VM_POOL_BASIC_OPERATIONS(303, Holder.USER, Children.OPEN),
  CREATE_CLUSTER(400, Holder.ADMINISTRATOR, Children.OPEN),
  EDIT_CLUSTER_CONFIGURATION(401, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_CLUSTER(402, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_CLUSTER_NETWORK(403, Holder.ADMINISTRATOR, Children.OPEN),
  ASSIGN_CLUSTER_NETWORK(404, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_USERS(500, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_ROLES(501, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_PERMISSIONS(502, Holder.USER, Children.OPEN),
  ADD_USERS_AND_GROUPS_FROM_DIRECTORY(503, Holder.USER, Children.OPEN),
  EDIT_PROFILE(504, Holder.USER, Children.OPEN),
  CREATE_STORAGE_DOMAIN(600, Holder.ADMINISTRATOR, Children.OPEN),
  EDIT_STORAGE_DOMAIN_CONFIGURATION(601, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_STORAGE_DOMAIN(602, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_STORAGE_DOMAIN(603, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_STORAGE_POOL(700, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_STORAGE_POOL(701, Holder.ADMINISTRATOR, Children.OPEN),
  EDIT_STORAGE_POOL_CONFIGURATION(702, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_STORAGE_POOL_NETWORK(703, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_STORAGE_POOL_NETWORK(704, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_STORAGE_POOL_NETWORK(705, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_ENGINE(800, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_QUOTA(900, Holder.ADMINISTRATOR, Children.OPEN),
  CONSUME_QUOTA(901, Holder.USER, Children.OPEN),
  CREATE_GLUSTER_VOLUME(1000, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_GLUSTER_VOLUME(1001, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_GLUSTER_VOLUME(1002, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_GLUSTER_HOOK(1003, Holder.ADMINISTRATOR, Children.OPEN),
  MANIPULATE_GLUSTER_SERVICE(1004, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_DISK(1100, Holder.USER, Children.CLOSED),
  ATTACH_DISK(1101, Holder.USER, Children.OPEN),
  EDIT_DISK_PROPERTIES(1102, Holder.USER, Children.OPEN),
  CONFIGURE_DISK_STORAGE(1103, Holder.USER, Children.OPEN),
  DELETE_DISK(1104, Holder.USER, Children.OPEN),
  CONFIGURE_SCSI_GENERIC_IO(1105, Holder.ADMINISTRATOR, Children.OPEN),
  ACCESS_IMAGE_STORAGE(1106, Holder.USER, Children.CLOSED),
  DISK_LIVE_STORAGE_MIGRATION(1107, Holder.USER, Children.OPEN),
  SPARSIFY_DISK(1108, Holder.USER, Children.OPEN),
  REDUCE_DISK(1109, Holder.ADMINISTRATOR, Children.OPEN),
  BACKUP_DISK(1110, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_NETWORK_VNIC_PROFILE(1203, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_NETWORK_VNIC_PROFILE(1204, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_NETWORK_VNIC_PROFILE(1205, Holder.ADMINISTRATOR, Children.OPEN),
  LOGIN(1300, Holder.USER, Children.CLOSED),
  TAG_MANAGEMENT(1301, Holder.ADMINISTRATOR, Children.CLOSED),
  BOOKMARK_MANAGEMENT(1302, Holder.ADMINISTRATOR, Children.CLOSED),
  EVENT_NOTIFICATION_MANAGEMENT(1303, Holder.ADMINISTRATOR, Children.CLOSED),
  AUDIT_LOG_MANAGEMENT(1304, Holder.ADMINISTRATOR, Children.CLOSED),
  INJECT_EXTERNAL_EVENTS(1400, Holder.ADMINISTRATOR, Children.CLOSED),
  INJECT_EXTERNAL_TASKS(1500, Holder.ADMINISTRATOR, Children.CLOSED),
  MANIPULATE_AFFINITY_GROUPS(1550, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_STORAGE_DISK_PROFILE(1560, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_STORAGE_DISK_PROFILE(1561, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_STORAGE_DISK_PROFILE(1562, Holder.ADMINISTRATOR, Children.OPEN),
  ATTACH_DISK_PROFILE(1563, Holder.USER, Children.OPEN),
  CREATE_MAC_POOL(1660, Holder.ADMINISTRATOR, Children.OPEN),
  EDIT_MAC_POOL(1661, Holder.ADMINISTRATOR, Children.OPEN),
  DELETE_MAC_POOL(1662, Holder.ADMINISTRATOR, Children.OPEN),
  CONFIGURE_MAC_POOL(1663, Holder.ADMINISTRATOR, Children.OPEN),
  CONNECT_TO_SERIAL_CONSOLE(1664, Holder.USER, Children.OPEN),
  DELETE_CPU_PROFILE(1665, Holder.ADMINISTRATOR, Children.OPEN),
  UPDATE_CPU_PROFILE(1666, Holder.ADMINISTRATOR, Children.OPEN),
  CREATE_CPU_PROFILE(1667, Holder.ADMINISTRATOR, Children.OPEN),
  ASSIGN_CPU_PROFILE(1668, Holder.ADMINISTRATOR, Children.OPEN);

  private enum Holder {
    ADMINISTRATOR,
    USER
  }

  private enum Children {
    OPEN,
    CLOSED
  }

  private static final Map<Integer, Permit> BY_NUMBER = new HashMap<>();
  private static final Map<String, Permit> BY_NAME = new HashMap<>();

  static {
    for (Permit permit : values()) {
      BY_NUMBER.put(permit.number, permit);
      BY_NAME.put(permit.wire(), permit);
    }
  }

  private final int number;
  private final boolean administrative;
  private final boolean opensChildren;

  Permit(int number, Holder holder, Children children) {
    this.number = number;
    this.administrative = holder == Holder.ADMINISTRATOR;
    this.opensChildren = children == Children.OPEN;
  }

  /** The id on the wire. */
  public int number() {
    return number;
  }

  /** The name on the wire: lower case. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }

  public boolean administrative() {
    return administrative;
  }

  /** Whether a role with it shows what lies below its object. */
  public boolean opensChildren() {
    return opensChildren;
  }

  /** The permit of that number or, when {@code id} is null or no number, of that name. */
  public static @Nullable Permit find(@Nullable String id, @Nullable String name) {
    if (id != null) {
      try {
        return BY_NUMBER.get(Integer.valueOf(id));
      } catch (NumberFormatException notANumber) {
        return null;
      }
    }
    return name == null ? null : BY_NAME.get(name.toLowerCase(Locale.ROOT));
  }
}
