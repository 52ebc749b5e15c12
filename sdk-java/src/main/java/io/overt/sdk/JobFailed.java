package io.overt.sdk;

import org.jspecify.annotations.Nullable;

/** What was asked for was begun, and did not succeed. */
public final class JobFailed extends ApiException {
  private static final long serialVersionUID = 1L;

  private final transient Progress progress;

  JobFailed(Exchange exchange, Progress progress, @Nullable String detail) {
    super(
        exchange,
        0,
        "the job '%s' ended as %s".formatted(progress.description(), progress.status()),
        detail,
        null);
    this.progress = progress;
  }

  /** How far it came: which step failed. */
  public Progress progress() {
    return progress;
  }

  /** The steps of the job. */
  public java.util.List<Progress.Step> steps() {
    return progress.steps();
  }
}
