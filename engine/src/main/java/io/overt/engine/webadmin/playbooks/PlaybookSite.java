package io.overt.engine.webadmin.playbooks;

import java.nio.file.Path;

/**
 * Where playbooks are, what runs them, and what they reach the engine by.
 *
 * @param directory of {@code NAME.yml}; may be missing or come later
 * @param program {@code ansible-playbook}: a path, or a name to be found in PATH
 * @param runs where variables and outputs of runs are kept, for nobody else to read
 * @param api the engine's API, as other programs address it
 * @param authority certificate by which they know the engine
 */
public record PlaybookSite(Path directory, String program, Path runs, String api, Path authority) {}
