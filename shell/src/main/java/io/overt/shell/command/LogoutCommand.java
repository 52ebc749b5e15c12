package io.overt.shell.command;

import io.overt.shell.connect.Asked;
import io.overt.shell.connect.Engine;
import io.overt.shell.connect.Logins;
import io.overt.shell.connect.Target;
import java.util.Optional;

/** {@code logout}: gives the token of a login back and forgets it. */
final class LogoutCommand implements Command {
  @Override
  public void run(Context context, Arguments arguments) {
    Session session = context.session();
    Asked asked = ConnectCommand.asked(session, arguments);
    arguments.end();
    Logins logins = new Logins(session.homes());
    String profile = session.targets().profileName(asked);
    Optional<Target> login = logins.get(profile);
    logins.remove(profile);
    session.disconnect();
    if (login.isEmpty()) {
      context.say("Nobody was logged in.");
      return;
    }
    try (Engine engine = Engine.of(login.get(), false)) {
      engine.logOut();
    }
    context.say("You are logged out of " + login.get().url() + ".");
  }
}
