/**
 * What a symbol of this companion is: the record that figures, tables and the notation page read.
 *
 * @module
 */

/** A quantity as figures, formulas and the notation page write it. */
export interface Quantity {
  /** As a label has it, with `_{…}` and `^{…}`. */
  readonly symbol: string;
  /** As a formula has it, in TeX, without dollars. */
  readonly formula: string;
  /** What it is, in a line: a hover text, a cell of the notation page. */
  readonly meaning: string;
  /** In powers of weight (that of θ) and loss (that of L); "1" of a pure number. */
  readonly unit: string;
  /** The notebook that defines it. */
  readonly notebook: string;
  /** What of the library makes it, where one function does. */
  readonly code?: string;
  /** How the paper writes it, with its equation, as far as that is known; left out where it is ours. */
  readonly paper?: string;
}

/** A quantity that is a line in figures. */
export interface DrawnQuantity extends Quantity {
  /** `#rrggbb`, of a line that shows it beside other quantities. */
  readonly color: string;
}
