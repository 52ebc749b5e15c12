/**
 * The v4 dialects of the API: one XML codec, one JSON codec and the XSD, all driven by the schema.
 *
 * <p>Structs know what they hold; the schema knows names, kinds and order; a {@link
 * io.overt.codec.Decorator} knows addresses, actions and links. Output is written by hand into one
 * buffer per document; input is pulled through StAX and jackson-core. Nothing here uses reflection.
 *
 * <p>Starting points: {@link io.overt.codec.XmlCodec}, {@link io.overt.codec.JsonCodec}, {@link
 * io.overt.codec.Decorator}, {@link io.overt.codec.XsdWriter}.
 */
@NullMarked
package io.overt.codec;

import org.jspecify.annotations.NullMarked;
