/**
 * What each operation of the API asks of its caller, as data ({@code operation-rules.csv}), and the
 * guard that the door calls before a feature.
 *
 * <p>Starting points: {@link io.overt.access.rules.Guard}, {@link
 * io.overt.access.rules.OperationRules}.
 */
@NullMarked
package io.overt.access.rules;

import org.jspecify.annotations.NullMarked;
