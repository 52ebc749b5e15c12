package io.overt.vdsmrpc.properties;

import java.util.regex.Pattern;

/**
 * Custom properties become variables of a process's environment; some names would change how the
 * process runs instead of telling it something. Engines refuse to declare them, agents to pass them
 * on.
 */
public final class PropertyNames {

  private static final Pattern REFUSED =
      Pattern.compile(
          "PATH|CDPATH|IFS|ENV|BASH.*|SHELL|SHELLOPTS|GLOBIGNORE|PS4|PROMPT_COMMAND|LD_.*|DYLD_.*"
              + "|PYTHON.*|PERL.*|RUBY.*|NODE_.*|LUA_.*|JAVA_TOOL_OPTIONS|_JAVA_OPTIONS|JDK_.*"
              + "|GCONV_PATH|GLIBC_TUNABLES|MALLOC_.*|HOSTALIASES|LOCALDOMAIN|RES_OPTIONS"
              + "|GETCONF_DIR|LOCPATH|NLSPATH|TMPDIR|TZDIR|TERMINFO.*|HOME|USER|LOGNAME|PWD"
              + "|OLDPWD|SUDO_.*|GIT_.*|SSH_.*|OPENSSL_.*|vmId|_hook_.*");

  private PropertyNames() {}

  /** Whether a custom property must not have this name. */
  public static boolean refused(String name) {
    return name.isEmpty()
        || name.indexOf('=') >= 0
        || name.indexOf('\0') >= 0
        || REFUSED.matcher(name).matches();
  }
}
