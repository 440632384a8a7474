//! Readable shades of the brand color (WCAG 2.2, 1.4.3).

use config::Color;

/// The minimum contrast of text.
const MIN_CONTRAST: f64 = 4.5;
/// The steps from a color to black or white.
const STEPS: u16 = 40;
const WHITE: Color = Color { channels: [255; 3] };
const BLACK: Color = Color { channels: [0; 3] };

/// The backgrounds of the pages, and the direction in which a color becomes readable on them.
#[derive(Debug)]
pub(super) struct Backgrounds {
    /// The background with the lowest contrast to text.
    nearest: Color,
    /// The color with the highest contrast to all backgrounds.
    towards: Color,
}

/// The light pages, with the darkest background of `assets/style.css` and `assets/console.css`.
pub(super) const LIGHT: Backgrounds = Backgrounds {
    nearest: Color {
        channels: [0xfb, 0xe6, 0xe7],
    },
    towards: BLACK,
};
/// The dark pages, with their lightest background.
pub(super) const DARK: Backgrounds = Backgrounds {
    nearest: Color {
        channels: [0x3a, 0x2d, 0x12],
    },
    towards: WHITE,
};

/// White or black: one of them is readable on every color.
pub(super) fn text_on(color: Color) -> Color {
    if contrast(WHITE, color) >= MIN_CONTRAST {
        WHITE
    } else {
        BLACK
    }
}

/// The nearest shade of the color that is readable on every background of a page.
pub(super) fn readable(color: Color, backgrounds: &Backgrounds) -> Color {
    (0..=STEPS)
        .map(|step| mixed(color, backgrounds.towards, step))
        .find(|shade| contrast(*shade, backgrounds.nearest) >= MIN_CONTRAST)
        .unwrap_or(backgrounds.towards)
}

fn mixed(color: Color, towards: Color, step: u16) -> Color {
    let mut channels = color.channels;
    for (channel, end) in channels.iter_mut().zip(towards.channels) {
        let sum = u16::from(*channel) * (STEPS - step) + u16::from(end) * step;
        *channel = u8::try_from(sum / STEPS).unwrap_or(u8::MAX);
    }
    Color { channels }
}

/// The contrast ratio.
fn contrast(one: Color, other: Color) -> f64 {
    let one = luminance(one);
    let other = luminance(other);
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

fn luminance(color: Color) -> f64 {
    let [red, green, blue] = color.channels.map(|channel| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.040_45 {
            share / 12.92
        } else {
            ((share + 0.055) / 1.055).powf(2.4)
        }
    });
    0.2126 * red + 0.7152 * green + 0.0722 * blue
}

#[cfg(test)]
mod tests {
    use super::*;

    const STYLES: [&str; 2] = [
        include_str!("../../../web/assets/style.css"),
        include_str!("../../../web/assets/console.css"),
    ];

    /// The backgrounds in the style sheets: light ones, then dark ones.
    fn backgrounds() -> [Vec<Color>; 2] {
        let mut found = [Vec::new(), Vec::new()];
        for style in STYLES {
            let (_, dark) = style.split_once("prefers-color-scheme: dark").unwrap();
            let light = &style[..style.len() - dark.len()];
            let dark = dark.split("}\n}").next().unwrap();
            for (place, part) in [light, dark].into_iter().enumerate() {
                for line in part.lines().filter(|line| line.trim().starts_with("--")) {
                    let (name, value) = line.trim().split_once(": ").unwrap();
                    if name.ends_with("ground") || matches!(name, "--card" | "--sunken") {
                        found[place].push(Color::parse(value.trim_end_matches(';')).unwrap());
                    }
                }
            }
        }
        found
    }

    /// Samples of the whole color space.
    fn colors() -> impl Iterator<Item = Color> {
        let steps = || (0..=255_u8).step_by(17);
        steps().flat_map(move |red| {
            steps().flat_map(move |green| {
                steps().map(move |blue| Color {
                    channels: [red, green, blue],
                })
            })
        })
    }

    #[test]
    fn every_color_has_a_readable_text_on_it() {
        for color in colors() {
            assert!(contrast(text_on(color), color) >= MIN_CONTRAST, "{color}");
        }
    }

    #[test]
    fn every_color_has_a_shade_that_is_readable_on_every_page() {
        let [light, dark] = backgrounds();
        assert!(light.len() >= 7 && dark.len() >= 7, "{light:?} {dark:?}");
        for color in colors() {
            for (backgrounds, all) in [(&LIGHT, &light), (&DARK, &dark)] {
                let shade = readable(color, backgrounds);
                for one in all {
                    assert!(
                        contrast(shade, *one) >= MIN_CONTRAST,
                        "{color}, {shade} on {one}"
                    );
                }
            }
        }
    }

    #[test]
    fn a_readable_color_stays_as_it_is() {
        let color = |written| Color::parse(written).unwrap();
        assert_eq!(readable(color("#1a3f94"), &LIGHT), color("#1a3f94"));
        assert_eq!(text_on(color("#1a3f94")), WHITE);
        assert_eq!(text_on(color("#ffcc00")), BLACK);
        assert!((contrast(WHITE, BLACK) - 21.0).abs() < 0.01);
    }
}
