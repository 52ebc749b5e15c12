package io.overt.acceptance.hostile;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** All that is logged while it is open, down to what is logged for developers. */
final class CapturedLog extends AppenderBase<ILoggingEvent> implements AutoCloseable {
  private final StringBuilder text = new StringBuilder();
  private final Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
  private final Logger ours = (Logger) LoggerFactory.getLogger("io.overt");
  private final @Nullable Level before = ours.getLevel();

  CapturedLog() {
    setContext(root.getLoggerContext());
    start();
    root.addAppender(this);
    ours.setLevel(Level.DEBUG);
  }

  @Override
  protected void append(ILoggingEvent event) {
    String line =
        event.getFormattedMessage()
            + "\n"
            + (event.getThrowableProxy() == null
                ? ""
                : ThrowableProxyUtil.asString(event.getThrowableProxy()));
    synchronized (text) {
      text.append(event.getLevel()).append(' ').append(line).append('\n');
    }
  }

  String text() {
    synchronized (text) {
      return text.toString();
    }
  }

  @Override
  public void close() {
    root.detachAppender(this);
    ours.setLevel(before);
    stop();
  }
}
