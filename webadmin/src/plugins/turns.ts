/** Actions in later turns of the event loop, in the order in which they were asked for. */
export class Turns {
  #waiting: (() => void)[] = [];

  next(action: () => void): void {
    if (this.#waiting.push(action) === 1) setTimeout(() => this.#run(), 0);
  }

  #run(): void {
    const actions = this.#waiting;
    this.#waiting = [];
    for (const action of actions) {
      try {
        action();
      } catch (error) {
        // one that fails must not keep the others from happening
        reportError(error);
      }
    }
  }
}
