/**
 * What the words of commands mean: types, parents, names of objects, attributes; with the names
 * that version 3 of the API had.
 *
 * <p>Starting points: {@link io.overt.shell.objects.Places}, {@link
 * io.overt.shell.objects.Attributes}.
 */
@NullMarked
package io.overt.shell.objects;

import org.jspecify.annotations.NullMarked;
