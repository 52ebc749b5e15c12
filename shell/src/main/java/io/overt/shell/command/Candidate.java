package io.overt.shell.command;

/**
 * What a word could become.
 *
 * @param complete whether a blank may follow
 */
public record Candidate(String text, String group, boolean complete) {}
