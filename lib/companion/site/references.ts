/**
 * The works that this companion rests on or belongs beside: the one list, from which the page of
 * references, the links of citations and the paper's line on every page are made.
 *
 * An identifier stands here only where it is sure; a title that is not at hand is left out.
 *
 * @module
 */

/** Where a work stands on the page. */
export type ReferenceGroup = "paper" | "theory" | "networks" | "methods" | "related";

/** A work. */
export interface Reference {
  /** Its anchor on the page, `ref-<key>`: lower-case letters, digits, hyphens. */
  readonly key: string;
  readonly group: ReferenceGroup;
  /** Left out, as the title, where they are not at hand. */
  readonly authors?: string;
  readonly title?: string;
  readonly year: number;
  /** Journal, book or conference. */
  readonly where?: string;
  /** As in 2307.14653. */
  readonly arxiv?: string;
  /** As in 10.1007/s002110050002. */
  readonly doi?: string;
  /** What it is for here, in a line. */
  readonly use: string;
  /** How the notebooks' prose names it; the first of these on a page becomes a link. */
  readonly cited?: readonly string[];
}

/** The paper that this is a companion to. */
export const PAPER: Reference = {
  key: "paper",
  group: "paper",
  authors: "Inbar Seroussi, Alexander A. Alemi, Moritz Helias, Zohar Ringel",
  title: "Speed Limits for Deep Learning",
  year: 2023,
  arxiv: "2307.14653",
  doi: "10.48550/arXiv.2307.14653",
  use: "the paper that this is a companion to: the limit, its two analytic cases, its Figure 1",
  cited: ["arXiv 2307.14653"],
};

const THEORY: readonly Reference[] = [
  {
    key: "talagrand-1996",
    group: "theory",
    authors: "Michel Talagrand",
    title: "Transportation cost for Gaussian and other product measures",
    year: 1996,
    where: "Geometric and Functional Analysis 6, 587–600",
    use: "W₂² of a law to the Gaussian prior is at most twice their relative entropy",
    cited: ["Talagrand"],
  },
  {
    key: "benamou-brenier-2000",
    group: "theory",
    authors: "Jean-David Benamou, Yann Brenier",
    title:
      "A computational fluid mechanics solution to the Monge–Kantorovich mass transfer problem",
    year: 2000,
    where: "Numerische Mathematik 84, 375–393",
    doi: "10.1007/s002110050002",
    use: "the least of ∫⟨|v|²⟩dt between two laws is W₂²/T: the first of the limit's three steps",
    cited: ["Benamou and Brenier (2000)"],
  },
  {
    key: "brenier-1991",
    group: "theory",
    authors: "Yann Brenier",
    title: "Polar factorization and monotone rearrangement of vector-valued functions",
    year: 1991,
    where: "Communications on Pure and Applied Mathematics 44, 375–417",
    doi: "10.1002/cpa.3160440402",
    use: "when a flow map is the best transport: where it is the gradient of a convex function",
    cited: ["Brenier"],
  },
  {
    key: "jordan-kinderlehrer-otto-1998",
    group: "theory",
    authors: "Richard Jordan, David Kinderlehrer, Felix Otto",
    title: "The variational formulation of the Fokker–Planck equation",
    year: 1998,
    where: "SIAM Journal on Mathematical Analysis 29, 1–17",
    doi: "10.1137/S0036141096303359",
    use: "a law under Langevin dynamics as a gradient flow of its free energy in W₂",
  },
  {
    key: "aurell-2011",
    group: "theory",
    authors: "Erik Aurell, Carlos Mejía-Monasterio, Paolo Muratore-Ginanneschi",
    title: "Optimal protocols and optimal transport in stochastic thermodynamics",
    year: 2011,
    where: "Physical Review Letters 106, 250601",
    arxiv: "1012.2037",
    doi: "10.1103/PhysRevLett.106.250601",
    use: "dissipation and transport: the drive that attains the limit",
  },
  {
    key: "ambrosio-gigli-savare-2008",
    group: "theory",
    authors: "Luigi Ambrosio, Nicola Gigli, Giuseppe Savaré",
    title: "Gradient Flows in Metric Spaces and in the Space of Probability Measures",
    year: 2008,
    where: "Birkhäuser, second edition",
    doi: "10.1007/978-3-7643-8722-8",
    use: "the limit's first step where the velocity is not regular (Theorem 8.2.1)",
    cited: ["Ambrosio, Gigli, Savaré"],
  },
  {
    key: "gelbrich-1990",
    group: "theory",
    authors: "Matthias Gelbrich",
    title:
      "On a formula for the L² Wasserstein metric between measures on Euclidean and Hilbert spaces",
    year: 1990,
    where: "Mathematische Nachrichten 147, 185–203",
    doi: "10.1002/mana.19901470121",
    use: "W₂² between Gaussian laws, and by means and covariances a lower bound for any two",
    cited: ["Gelbrich"],
  },
  {
    key: "kramers-1940",
    group: "theory",
    authors: "Hendrik A. Kramers",
    title: "Brownian motion in a field of force and the diffusion model of chemical reactions",
    year: 1940,
    where: "Physica 7, 284–304",
    doi: "10.1016/S0031-8914(40)90098-2",
    use: "how long a particle waits before a barrier",
    cited: ["Kramers"],
  },
  {
    key: "marchenko-pastur-1967",
    group: "theory",
    authors: "Vladimir A. Marchenko, Leonid A. Pastur",
    title: "Distribution of eigenvalues for some sets of random matrices",
    year: 1967,
    where: "Mathematics of the USSR-Sbornik 1, 457–483",
    doi: "10.1070/SM1967v001n04ABEH001994",
    use: "the spectrum of linear regression in many dimensions",
    cited: ["Marchenko and Pastur"],
  },
];

const NETWORKS: readonly Reference[] = [
  {
    key: "shankar-2020",
    group: "networks",
    authors:
      "Vaishaal Shankar, Alex Fang, Wenshuo Guo, Sara Fridovich-Keil, Ludwig Schmidt, Jonathan Ragan-Kelley, Benjamin Recht",
    title: "Neural Kernels Without Tangents",
    year: 2020,
    arxiv: "2003.02237",
    use: "Myrtle-5, the convolutional network of the paper's experiments",
    cited: ["Myrtle-5"],
  },
  {
    key: "krizhevsky-2009",
    group: "networks",
    authors: "Alex Krizhevsky",
    title: "Learning Multiple Layers of Features from Tiny Images",
    year: 2009,
    where: "technical report, University of Toronto",
    use: "CIFAR-10, the images of all experiments",
    cited: ["CIFAR-10"],
  },
  {
    key: "jacot-2018",
    group: "networks",
    authors: "Arthur Jacot, Franck Gabriel, Clément Hongler",
    title: "Neural Tangent Kernel: Convergence and Generalization in Neural Networks",
    year: 2018,
    arxiv: "1806.07572",
    use: "the kernel, and the parametrization that is called ntk here",
    cited: ["ntk parametrization", "neural tangent kernel"],
  },
  {
    key: "chizat-2019",
    group: "networks",
    authors: "Lénaïc Chizat, Edouard Oyallon, Francis Bach",
    title: "On Lazy Training in Differentiable Programming",
    year: 2019,
    arxiv: "1812.07956",
    use: "when a network follows its linearization: the laziness that is measured here",
    cited: ["laziness"],
  },
  {
    key: "lewkowycz-2020",
    group: "networks",
    authors: "Aitor Lewkowycz, Yasaman Bahri, Ethan Dyer, Jascha Sohl-Dickstein, Guy Gur-Ari",
    title: "The large learning rate phase of deep learning: the catapult mechanism",
    year: 2020,
    arxiv: "2003.02218",
    use: "beyond 2/λ_max at the start the loss rises, λ_max falls, and descent goes on",
    cited: ["Lewkowycz et al. 2020"],
  },
  {
    key: "cohen-2021",
    group: "networks",
    authors: "Jeremy M. Cohen, Simran Kaur, Yuanzhi Li, J. Zico Kolter, Ameet Talwalkar",
    title: "Gradient Descent on Neural Networks Typically Occurs at the Edge of Stability",
    year: 2021,
    arxiv: "2103.00065",
    use: "λ_max of the Hessian climbs to 2/η along training, and stays there",
    cited: ["Cohen et al. 2021"],
  },
  {
    key: "lee-2018",
    group: "networks",
    authors:
      "Jaehoon Lee, Yasaman Bahri, Roman Novak, Samuel S. Schoenholz, Jeffrey Pennington, Jascha Sohl-Dickstein",
    title: "Deep Neural Networks as Gaussian Processes",
    year: 2018,
    arxiv: "1711.00165",
    use: "the NNGP: the law of a wide network's initial function",
    cited: ["NNGP"],
  },
  {
    key: "he-2015",
    group: "networks",
    authors: "Kaiming He, Xiangyu Zhang, Shaoqing Ren, Jian Sun",
    title:
      "Delving Deep into Rectifiers: Surpassing Human-Level Performance on ImageNet Classification",
    year: 2015,
    arxiv: "1502.01852",
    use: "the initial scale of the weights",
    cited: ["He's initialization", "He's scale", "with He's"],
  },
];

const METHODS: readonly Reference[] = [
  {
    key: "neal-2001",
    group: "methods",
    authors: "Radford M. Neal",
    title: "Annealed importance sampling",
    year: 2001,
    where: "Statistics and Computing 11, 125–139",
    use: "ln Z of small networks by weights, beside thermodynamic integration",
    cited: ["Neal (2001)"],
  },
  {
    key: "mestre-2008",
    group: "methods",
    authors: "Xavier Mestre",
    title:
      "Improved Estimation of Eigenvalues and Eigenvectors of Covariance Matrices Using Their Sample Estimates",
    year: 2008,
    where: "IEEE Transactions on Information Theory 54, 5113–5129",
    use: "the population's eigenvalues from a sample's, before exponents are fitted",
    cited: ["Mestre's estimator"],
  },
  {
    key: "sommeijer-1998",
    group: "methods",
    authors: "Ben P. Sommeijer, Lawrence F. Shampine, Jan G. Verwer",
    title: "RKC: an explicit solver for parabolic PDEs",
    year: 1998,
    where: "Journal of Computational and Applied Mathematics 88, 315–326",
    use: "the stabilized steps by which Myrtle-5's flow is integrated",
    cited: ["Runge–Kutta–Chebyshev"],
  },
  {
    key: "hochbruck-ostermann-2010",
    group: "methods",
    authors: "Marlis Hochbruck, Alexander Ostermann",
    title: "Exponential integrators",
    year: 2010,
    where: "Acta Numerica 19, 209–286",
    doi: "10.1017/S0962492910000048",
    use: "the exponential steps by which the fully connected networks' flow is integrated",
    cited: ["exponential midpoint rule"],
  },
  {
    key: "amari-1998",
    group: "methods",
    authors: "Shun-ichi Amari",
    title: "Natural Gradient Works Efficiently in Learning",
    year: 1998,
    where: "Neural Computation 10, 251–276",
    doi: "10.1162/089976698300017746",
    use: "the preconditioner that moves in function space",
    cited: ["Natural gradient", "natural gradient"],
  },
  {
    key: "polyak-1964",
    group: "methods",
    authors: "Boris T. Polyak",
    title: "Some methods of speeding up the convergence of iteration methods",
    year: 1964,
    where: "USSR Computational Mathematics and Mathematical Physics 4, 1–17",
    doi: "10.1016/0041-5553(64)90137-5",
    use: "heavy ball, one of the optimizers here",
    cited: ["heavy ball"],
  },
  {
    key: "kingma-ba-2015",
    group: "methods",
    authors: "Diederik P. Kingma, Jimmy Ba",
    title: "Adam: A Method for Stochastic Optimization",
    year: 2015,
    arxiv: "1412.6980",
    use: "Adam, one of the optimizers here",
    cited: ["Adam"],
  },
];

const RELATED: readonly Reference[] = [
  {
    key: "okanohara-2026",
    group: "related",
    authors: "Daisuke Okanohara",
    title:
      "A Thermodynamic Theory of Learning I: Irreversible Ensemble Transport and Epistemic Costs",
    year: 2026,
    arxiv: "2601.17607",
    use: "an “epistemic speed limit”: the same inequality, read as a cost of learning",
    cited: ["Okanohara (2026)"],
  },
  {
    key: "ziyin-2026",
    group: "related",
    authors: "Liu Ziyin, Yuanjie Ren, Adam Levine, Isaac Chuang",
    title: "Thermodynamic Irreversibility of Training Algorithms",
    year: 2026,
    arxiv: "2605.21933",
    use: "what makes training irreversible, to leading order in the step",
    cited: ["Ziyin et al. (2026)"],
  },
  {
    key: "guille-escuret-2023",
    group: "related",
    authors: "Charles Guille-Escuret, Hiroki Naganuma, Kilian Fatras, Ioannis Mitliagkas",
    title: "No Wrong Turns: The Simple Geometry Of Neural Networks Optimization Paths",
    year: 2024,
    where: "ICML",
    arxiv: "2306.11922",
    use: "gradients point to where training ends: straight paths by another measure",
    cited: ["Guille-Escuret et al. (2024)"],
  },
  {
    key: "singh-2024",
    group: "related",
    authors: "Sidak Pal Singh, Bobby He, Thomas Hofmann, Bernhard Schölkopf",
    title:
      "Hallmarks of Optimization Trajectories in Neural Networks: Directional Exploration and Redundancy",
    year: 2024,
    arxiv: "2403.07379",
    use: "training paths are nearly straight, in large networks too",
    cited: ["Singh et al. (2024)"],
  },
  {
    key: "gupta-2019",
    group: "related",
    authors: "Chirag Gupta, Sivaraman Balakrishnan, Aaditya Ramdas",
    title: "Path Length Bounds for Gradient Descent and Flow",
    year: 2019,
    arxiv: "1908.01089",
    use: "how long a path of gradient flow can be, by the condition number: a bound on l_γ/l_geo",
    cited: ["Gupta et al. (2019)"],
  },
  {
    key: "natural-gradient-2026",
    group: "related",
    year: 2026,
    arxiv: "2610.07228",
    use: "an inefficiency ratio of natural gradient",
    cited: ["arXiv 2610.07228"],
  },
  {
    key: "ikeda-2024",
    group: "related",
    authors: "Kotaro Ikeda, Tomoya Uda, Daisuke Okanohara, Sosuke Ito",
    title:
      "Speed-accuracy relations for diffusion models: Wisdom from nonequilibrium thermodynamics and optimal transport",
    year: 2024,
    arxiv: "2407.04495",
    use:
      "the same two quantities, transport and dissipation, bound the accuracy of diffusion models",
    cited: ["Ikeda et al. (2024)"],
  },
  {
    key: "hnybida-verret-2025",
    group: "related",
    authors: "Jeff Hnybida, Simon Verret",
    title: "Minimal-Dissipation Learning for Energy-Based Models",
    year: 2025,
    arxiv: "2510.03137",
    use: "optimal protocols: a learning rate that trains with the least dissipation",
    cited: ["Hnybida and Verret (2025)"],
  },
  {
    key: "mignacco-mori-2025",
    group: "related",
    authors: "Francesca Mignacco, Francesco Mori",
    title: "A statistical physics framework for optimal learning",
    year: 2025,
    arxiv: "2507.07907",
    use: "optimal protocols of training by control theory: the best schedule where it can be found",
    cited: ["Mignacco and Mori (2025)"],
  },
  {
    key: "parsi-2024",
    group: "related",
    authors: "Shervin Sadat Parsi",
    title: "Stochastic Thermodynamics of Learning Parametric Probabilistic Models",
    year: 2024,
    where: "Entropy 26, 112",
    arxiv: "2310.19802",
    doi: "10.3390/e26020112",
    use: "information that is learnt, and the entropy that is produced for it",
    cited: ["Parsi (2024)"],
  },
  {
    key: "sadrtdinov-2025",
    group: "related",
    authors: "Ildus Sadrtdinov, Ivan Klimov, Ekaterina Lobacheva, Dmitry Vetrov",
    title: "SGD as Free Energy Minimization: A Thermodynamic View on Neural Network Training",
    year: 2025,
    arxiv: "2505.23489",
    use: "SGD minimizes U − TS: a temperature for the noise of small batches",
    cited: ["Sadrtdinov et al. (2025)"],
  },
];

/** All works, group by group. */
export const REFERENCES: readonly Reference[] = [
  PAPER,
  ...THEORY,
  ...NETWORKS,
  ...METHODS,
  ...RELATED,
];

/**
 * Where a work is to be had: the addresses of its arXiv page and of its DOI, those that are known.
 *
 * @example
 * ```ts
 * import assert from "node:assert/strict";
 * import { addressesOf, PAPER } from "./references.ts";
 * assert.deepEqual(addressesOf(PAPER).map(({ address }) => address), [
 *   "https://arxiv.org/abs/2307.14653",
 *   "https://doi.org/10.48550/arXiv.2307.14653",
 * ]);
 * ```
 */
export function addressesOf(
  { arxiv, doi }: Pick<Reference, "arxiv" | "doi">,
): readonly { readonly text: string; readonly address: string }[] {
  return [
    ...arxiv ? [{ text: `arXiv ${arxiv}`, address: `https://arxiv.org/abs/${arxiv}` }] : [],
    ...doi ? [{ text: `doi:${doi}`, address: `https://doi.org/${doi}` }] : [],
  ];
}
