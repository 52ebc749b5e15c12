package io.overt.rest.sso;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The scopes of tokens: which there are and which others each brings along (oVirt engine 4.5).
 * Unlike there, unknown scopes are refused.
 */
public final class Scopes {
  public static final String API = "ovirt-app-api";

  private static final List<String> COMMON =
      List.of(
          "ovirt-ext=token-info:authz-search",
          "ovirt-ext=token-info:public-authz-search",
          "ovirt-ext=token-info:validate",
          "ovirt-ext=token:password-access");

  private static final Map<String, List<String>> BRINGS =
      Map.of(
          API,
          COMMON,
          "ovirt-app-admin",
          List.of(API, "ovirt-ext=revoke:revoke-all"),
          "ovirt-app-portal",
          List.of(API));

  private static final Set<String> OTHERS =
      Set.of(
          "openid",
          "ovirt-ext=auth:identity",
          "ovirt-ext=auth:sequence-priority=~",
          "ovirt-ext=revoke:revoke-all",
          "ovirt-ext=token-info:authz-search",
          "ovirt-ext=token-info:public-authz-search",
          "ovirt-ext=token-info:validate",
          "ovirt-ext=token:login-on-behalf",
          "ovirt-ext=token:password-access");

  private Scopes() {}

  /** Whether every one of the scopes, separated by blanks, is known. */
  static boolean known(String requested) {
    for (String scope : split(requested)) {
      if (!BRINGS.containsKey(scope) && !OTHERS.contains(scope)) {
        return false;
      }
    }
    return true;
  }

  /** The scopes that a token for the requested ones has. */
  public static Set<String> granted(String requested) {
    Set<String> granted = new TreeSet<>();
    for (String scope : split(requested)) {
      grant(scope, granted);
    }
    return granted;
  }

  private static void grant(String scope, Set<String> granted) {
    if (granted.add(scope)) {
      BRINGS.getOrDefault(scope, List.of()).forEach(more -> grant(more, granted));
    }
  }

  private static List<String> split(String scopes) {
    return scopes.isBlank() ? List.of() : List.of(scopes.strip().split("\\s+"));
  }
}
