package io.overt.agent.hooks;

import java.util.Set;
import java.util.regex.Pattern;

/**
 * Custom properties become variables of a process's environment; some names would change how the
 * process runs instead of telling it something.
 */
public final class PropertyNames {

  private static final Pattern REFUSED =
      Pattern.compile(
          "PATH|CDPATH|IFS|ENV|BASH.*|SHELL|SHELLOPTS|GLOBIGNORE|PS4|PROMPT_COMMAND|LD_.*|DYLD_.*"
              + "|PYTHON.*|PERL.*|RUBY.*|NODE_.*|LUA_.*|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_.*"
              + "|GCONV_PATH|GLIBC_TUNABLES|MALLOC_.*|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS"
              + "|GETCONF_DIR|LOCPATH|NLSPATH|TMPDIR|TZDIR|TERMINFO.*|HOME|USER|LOGNAME|PWD"
              + "|OLDPWD|SUDO_.*|GIT_.*|SSH_.*|OPENSSL_.*|vmId|_hook_.*");

  /** Of the agent's environment, what says where and how, and nothing else. */
  private static final Set<String> HARMLESS =
      Set.of(
          "PATH",
          "HOME",
          "USER",
          "LOGNAME",
          "SHELL",
          "LANG",
          "LANGUAGE",
          "LC_ALL",
          "LC_CTYPE",
          "LC_MESSAGES",
          "TZ",
          "TERM",
          "TMPDIR",
          "PYTHONPATH",
          "XDG_RUNTIME_DIR");

  private PropertyNames() {}

  /** Whether a custom property must not have this name. */
  public static boolean refused(String name) {
    return name.isEmpty()
        || name.indexOf('=') >= 0
        || name.indexOf('\0') >= 0
        || REFUSED.matcher(name).matches();
  }

  static boolean harmless(String name) {
    return HARMLESS.contains(name);
  }
}
