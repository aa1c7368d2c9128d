/** A map that forgets what was not used for longest, once all its values together weigh more than the limit. */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();
  #weight = 0;

  constructor(
    private readonly limit: number,
    private readonly weigh: (value: Value) => number,
  ) {}

  get(key: string): Value | undefined {
    const value = this.#values.get(key);
    if (value !== undefined) {
      this.#values.delete(key); // a Map keeps the order of insertion
      this.#values.set(key, value);
    }
    return value;
  }

  set(key: string, value: Value): void {
    this.delete(key);
    if (this.weigh(value) > this.limit) {
      return; // it would push out all others, and then itself
    }
    this.#values.set(key, value);
    this.#weight += this.weigh(value);
    for (const oldest of this.#values.keys()) {
      if (this.#weight <= this.limit) {
        break;
      }
      this.delete(oldest);
    }
  }

  delete(key: string): void {
    const value = this.#values.get(key);
    if (value !== undefined) {
      this.#values.delete(key);
      this.#weight -= this.weigh(value);
    }
  }
}
