/**
 * What commands print: objects as tables, JSON, YAML, CSV, names, parts of them, or as ovirt-shell
 * printed them.
 *
 * <p>Objects are trees: maps, lists, strings, booleans and numbers, with the names of the API.
 *
 * <p>Starting points: {@link io.overt.shell.output.Format}, {@link io.overt.shell.output.Printer}.
 */
@NullMarked
package io.overt.shell.output;

import org.jspecify.annotations.NullMarked;
