package io.overt.sdk;

import java.util.List;

/**
 * How far a job is.
 *
 * @param job its id
 * @param description such as {@code Launching VM web01}
 * @param status {@code started}, {@code finished}, {@code failed}, {@code aborted} or {@code
 *     unknown}
 * @param percent of the whole job, 100 when it has finished
 * @param steps the tree of its steps
 */
public record Progress(
    String job, String description, String status, int percent, List<Step> steps) {

  /** Whether it goes on. */
  public boolean running() {
    return status.equals("started");
  }

  /** Whether it did what was asked for. */
  public boolean succeeded() {
    return status.equals("finished");
  }

  /**
   * A step of a job.
   *
   * @param type such as {@code executing}
   * @param status as that of a job
   * @param percent how far it is, 100 when it has finished
   * @param steps those that it consists of
   */
  public record Step(
      String id, String type, String description, String status, int percent, List<Step> steps) {
    /** Whether it goes on. */
    public boolean running() {
      return status.equals("started");
    }
  }
}
