package io.overt.rest.rows;

import java.util.Comparator;

/** Texts as people order them: vm2 before vm10, upper case beside lower case. */
final class NaturalOrder implements Comparator<String> {
  static final NaturalOrder INSTANCE = new NaturalOrder();

  private NaturalOrder() {}

  @Override
  public int compare(String one, String other) {
    int left = 0;
    int right = 0;
    while (left < one.length() && right < other.length()) {
      char first = one.charAt(left);
      char second = other.charAt(right);
      int order;
      if (isDigit(first) && isDigit(second)) {
        int leftEnd = digitsEnd(one, left);
        int rightEnd = digitsEnd(other, right);
        order = numbers(one, left, leftEnd, other, right, rightEnd);
        left = leftEnd;
        right = rightEnd;
      } else {
        order = Character.compare(folded(first), folded(second));
        left++;
        right++;
      }
      if (order != 0) {
        return order;
      }
    }
    int rest = Integer.compare(one.length() - left, other.length() - right);
    return rest == 0 ? one.compareTo(other) : rest;
  }

  private static int numbers(
      String one, int oneFrom, int oneTo, String other, int otherFrom, int otherTo) {
    int left = withoutZeros(one, oneFrom, oneTo);
    int right = withoutZeros(other, otherFrom, otherTo);
    int length = Integer.compare(oneTo - left, otherTo - right);
    for (int index = 0; length == 0 && left + index < oneTo; index++) {
      int order = Character.compare(one.charAt(left + index), other.charAt(right + index));
      if (order != 0) {
        return order;
      }
    }
    return length;
  }

  private static int withoutZeros(String text, int from, int to) {
    int at = from;
    while (at < to - 1 && text.charAt(at) == '0') {
      at++;
    }
    return at;
  }

  private static int digitsEnd(String text, int from) {
    int at = from;
    while (at < text.length() && isDigit(text.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isDigit(char character) {
    return character >= '0' && character <= '9';
  }

  private static char folded(char character) {
    return Character.toLowerCase(Character.toUpperCase(character));
  }
}
