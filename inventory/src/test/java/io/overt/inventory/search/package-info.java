/** Tests of the search language. Starting points: {@code SearchQueryTest}, {@code FieldsTest}. */
@NullMarked
package io.overt.inventory.search;

import org.jspecify.annotations.NullMarked;
