package io.overt.access.permissions;

/** Ids that every oVirt installation shares. */
public final class WellKnown {
  /** The group that everybody is in. */
  public static final String EVERYONE = "eee00000-0000-0000-0000-123456789eee";

  /** The object of permissions on everything, as the API names it. */
  public static final String SYSTEM = "aaa00000-0000-0000-0000-123456789aaa";

  public static final String SUPER_USER = "00000000-0000-0000-0000-000000000001";
  public static final String READ_ONLY_ADMIN = "def0000c-0000-0000-0000-def00000000c";
  public static final String USER_ROLE = "00000000-0000-0000-0001-000000000001";
  public static final String USER_VM_MANAGER = "def00006-0000-0000-0000-def000000006";
  public static final String DISK_OPERATOR = "def0000a-0000-0000-0000-def00000000b";
  public static final String TEMPLATE_OWNER = "def0000a-0000-0000-0000-def00000000f";
  public static final String USER_TEMPLATE_BASED_VM = "def00009-0000-0000-0000-def000000009";
  public static final String NETWORK_ADMIN = "def00005-0000-0000-0000-def000000005";
  public static final String VNIC_PROFILE_USER = "def0000a-0000-0000-0000-def000000010";
  public static final String MAC_POOL_ADMIN = "def00013-0000-0000-0000-def000000013";
  public static final String MAC_POOL_USER = "def00014-0000-0000-0000-def000000014";
  public static final String CPU_PROFILE_OPERATOR = "def00017-0000-0000-0000-def000000017";
  public static final String CPU_PROFILE_CREATOR = "def00016-0000-0000-0000-def000000016";
  public static final String DISK_PROFILE_USER = "def00020-0000-0000-0000-abc000000010";
  public static final String USER_PROFILE_EDITOR = "def00021-0000-0000-0000-def000000015";

  static final String BLANK_TEMPLATE = "00000000-0000-0000-0000-000000000000";
  static final String DEFAULT_MAC_POOL = "58ca604b-017d-0374-0220-00000000014e";

  private WellKnown() {}
}
