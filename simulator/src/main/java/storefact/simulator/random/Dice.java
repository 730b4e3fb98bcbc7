package storefact.simulator.random;

import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.PoissonSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Random numbers of one subject (an area's purchases, the goods tree, …): the same for the same
 * seed and subject, whatever other threads draw. Not thread-safe.
 */
public final class Dice {

  private final UniformRandomProvider source;
  private final ZigguratSampler.NormalizedGaussian gaussian;
  private final ZigguratSampler.Exponential exponential;

  private Dice(UniformRandomProvider source) {
    this.source = source;
    this.gaussian = ZigguratSampler.NormalizedGaussian.of(source);
    this.exponential = ZigguratSampler.Exponential.of(source);
  }

  /** The random numbers of a subject under a seed. */
  public static Dice of(long seed, String subject, long number) {
    long state = seed;
    for (int i = 0; i < subject.length(); i++) {
      state = mix(state + subject.charAt(i));
    }
    state = mix(state + number);
    return new Dice(
        RandomSource.XO_RO_SHI_RO_128_PP.create(new long[] {mix(state + 1), mix(state + 2)}));
  }

  /**
   * A number from 0 to 1 that belongs to two numbers, without a state. Finalizer of SplitMix64 (G.
   * Steele, D. Lea, C. Flood, "Fast splittable pseudorandom number generators", 2014).
   */
  public static double hash(long one, long other) {
    return (mix(mix(one) + other) >>> 11) * 0x1.0p-53;
  }

  private static long mix(long value) {
    long z = value + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }

  /** The source, for samplers of a library. */
  public UniformRandomProvider source() {
    return source;
  }

  /** From 0 to 1. */
  public double uniform() {
    return source.nextDouble();
  }

  /** From a bound to another one. */
  public double uniform(double from, double to) {
    return from + (to - from) * source.nextDouble();
  }

  /** From 0 to below the bound. */
  public int below(int bound) {
    return source.nextInt(bound);
  }

  /** True with that probability. */
  public boolean chance(double probability) {
    return source.nextDouble() < probability;
  }

  /** Standard normal. */
  public double normal() {
    return gaussian.sample();
  }

  /** Exponential of mean 1. */
  public double exponential() {
    return exponential.sample();
  }

  /** Gamma of that shape, mean = shape × scale. */
  public double gamma(double shape, double scale) {
    return AhrensDieterMarsagliaTsangGammaSampler.of(source, shape, scale).sample();
  }

  /** Beta, as the share of one gamma variate in two. */
  public double beta(double a, double b) {
    double one = gamma(a, 1);
    double other = gamma(b, 1);
    return one + other == 0 ? 0 : one / (one + other);
  }

  /** Poisson of that mean. */
  public int poisson(double mean) {
    return mean <= 0 ? 0 : PoissonSampler.of(source, mean).sample();
  }

  /** One of them, each as likely. */
  @SafeVarargs
  public final <T> T one(T... of) {
    return of[source.nextInt(of.length)];
  }
}
