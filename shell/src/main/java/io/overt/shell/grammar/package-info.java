/**
 * The language of the shell: ovirt-shell's grammar with variables and {@code foreach}.
 *
 * <p>Starting points: {@link io.overt.shell.grammar.Parser}, {@link
 * io.overt.shell.grammar.Statement}.
 */
@NullMarked
package io.overt.shell.grammar;

import org.jspecify.annotations.NullMarked;
