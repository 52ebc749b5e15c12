package io.overt.shell.command;

import io.overt.sdk.Request;
import io.overt.shell.ShellFailure;
import io.overt.shell.connect.Asked;
import java.util.Iterator;
import java.util.Set;

/** {@code connect}: uses an engine from now on, and sees whether it lets one in. */
final class ConnectCommand implements Command {
  @Override
  public Set<String> flags() {
    return Set.of("insecure", "filter", "renew-session", "dont-validate-cert-chain", "kerberos");
  }

  @Override
  public void run(Context context, Arguments arguments) {
    Session session = context.session();
    Asked asked = asked(session, arguments);
    arguments.end();
    session.ask(asked);
    session.lasting();
    session.engine().send(Request.get(""));
    context.say("Connected to " + session.engine().target().url() + ".");
  }

  /** What the session was asked for, changed by the options of a command. */
  static Asked asked(Session session, Arguments arguments) {
    Asked asked = session.asked().copy();
    for (Iterator<Arguments.Option> each = arguments.options().iterator(); each.hasNext(); ) {
      Arguments.Option option = each.next();
      if (option.name().equals("password")) {
        throw ShellFailure.syntax(
            "A password on the command line could be read by others: use --password-file or"
                + " --password-stdin, or type it when asked");
      }
      String name = Asked.option(option.name());
      if (name != null) {
        String value = option.value();
        asked.put(name, value == null ? "true" : value);
        each.remove();
      }
    }
    return asked;
  }
}
