/**
 * The search language of the oVirt API: text such as {@code name=web* and status=up sortby name} is
 * parsed into a small tree, compiled against the field table of the object searched, and evaluated
 * over a snapshot.
 *
 * <p>Starting points: {@link io.overt.inventory.search.SearchQuery} (grammar and tree), {@link
 * io.overt.inventory.search.SearchEngine} (evaluation over a snapshot), {@link
 * io.overt.inventory.search.SearchObjects} (what can be searched, with the tables of fields).
 */
@NullMarked
package io.overt.inventory.search;

import org.jspecify.annotations.NullMarked;
