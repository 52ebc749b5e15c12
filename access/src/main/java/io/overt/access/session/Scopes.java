package io.overt.access.session;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * OAuth scopes as oVirt's SSO grants them. Unlike there an unknown scope is refused, and the token
 * for one is never issued.
 */
public final class Scopes {
  /** What a token needs for the REST API. */
  public static final String API = "ovirt-app-api";

  public static final String ADMINISTRATION_PORTAL = "ovirt-app-admin";
  public static final String VM_PORTAL = "ovirt-app-portal";

  private static final List<String> FOR_API =
      List.of(
          "ovirt-ext=token-info:authz-search",
          "ovirt-ext=token-info:public-authz-search",
          "ovirt-ext=token-info:validate",
          "ovirt-ext=token:password-access");

  private static final Set<String> KNOWN =
      Set.of(
          API,
          ADMINISTRATION_PORTAL,
          VM_PORTAL,
          "openid",
          "ovirt-ext=revoke:revoke-all",
          "ovirt-ext=token-info:authz-search",
          "ovirt-ext=token-info:public-authz-search",
          "ovirt-ext=token-info:validate",
          "ovirt-ext=token:login-on-behalf",
          "ovirt-ext=token:password-access",
          "ovirt-ext=auth:identity",
          "ovirt-ext=auth:sequence-priority",
          "ovirt-ext=auth:sequence-priority=~");

  private Scopes() {}

  /**
   * What is granted for a request: the application scopes asked for first, then what they imply.
   *
   * @param requested separated by blanks; empty grants nothing
   * @throws SsoFault {@code invalid_scope} that names an unknown one
   */
  public static List<String> grant(String requested) {
    Set<String> asked = new LinkedHashSet<>();
    for (String scope : requested.trim().split("\\s+")) {
      if (!scope.isEmpty()) {
        if (!KNOWN.contains(scope)) {
          throw new SsoFault("invalid_scope", "The requested scope '" + scope + "' is not known");
        }
        asked.add(scope);
      }
    }
    Set<String> granted = new LinkedHashSet<>();
    if (asked.contains(ADMINISTRATION_PORTAL)) {
      granted.add(ADMINISTRATION_PORTAL);
      granted.add(API);
      granted.add("ovirt-ext=revoke:revoke-all");
    }
    asked.stream().filter(scope -> scope.startsWith("ovirt-app-")).forEach(granted::add);
    if (granted.contains(API)) {
      granted.addAll(FOR_API);
    }
    granted.addAll(asked);
    return new ArrayList<>(granted);
  }
}
