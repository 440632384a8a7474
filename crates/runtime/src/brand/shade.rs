//! Which shades of a colour can be read, and on what (WCAG 2.2, 1.4.3).

use config::Color;

/// The least contrast of text.
const LEAST: f64 = 4.5;
/// In so many steps a colour becomes black or white.
const STEPS: u16 = 40;
const WHITE: Color = Color { channels: [255; 3] };
const BLACK: Color = Color { channels: [0; 3] };

/// What text stands on, and where its colour goes to be read there.
#[derive(Debug)]
pub(super) struct Ground {
    /// The ground that is nearest to the text.
    nearest: Color,
    /// The colour that is farthest from all grounds.
    towards: Color,
}

/// The light pages. The ground is the darkest of those that `assets/style.css` and `assets/console.css` have.
pub(super) const LIGHT: Ground = Ground {
    nearest: Color {
        channels: [0xfb, 0xe6, 0xe7],
    },
    towards: BLACK,
};
/// The dark pages, with the lightest of their grounds.
pub(super) const DARK: Ground = Ground {
    nearest: Color {
        channels: [0x3a, 0x2d, 0x12],
    },
    towards: WHITE,
};

/// White or black: whichever can be read better on the colour. One of them always can.
pub(super) fn text_on(color: Color) -> Color {
    if contrast(WHITE, color) >= LEAST {
        WHITE
    } else {
        BLACK
    }
}

/// The nearest shade of the colour that can be read on every ground of a page.
pub(super) fn readable(color: Color, ground: &Ground) -> Color {
    (0..=STEPS)
        .map(|step| mixed(color, ground.towards, step))
        .find(|shade| contrast(*shade, ground.nearest) >= LEAST)
        .unwrap_or(ground.towards)
}

fn mixed(color: Color, towards: Color, step: u16) -> Color {
    let mut channels = color.channels;
    for (channel, end) in channels.iter_mut().zip(towards.channels) {
        let sum = u16::from(*channel) * (STEPS - step) + u16::from(end) * step;
        *channel = u8::try_from(sum / STEPS).unwrap_or(u8::MAX);
    }
    Color { channels }
}

/// How many times lighter one is than the other, as eyes see it.
fn contrast(one: Color, other: Color) -> f64 {
    let (one, other) = (luminance(one), luminance(other));
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

    /// The colours of everything that text stands on: light ones, then dark ones.
    fn grounds() -> [Vec<Color>; 2] {
        let mut found = [Vec::new(), Vec::new()];
        for style in STYLES {
            let (_, dark) = style.split_once("prefers-color-scheme: dark").unwrap();
            let (light, dark) = (
                &style[..style.len() - dark.len()],
                dark.split("}\n}").next().unwrap(),
            );
            for (place, part) in [light, dark].into_iter().enumerate() {
                for line in part.lines().filter(|line| line.trim().starts_with("--")) {
                    let (name, value) = line.trim().split_once(": ").unwrap();
                    if name.ends_with("ground") || matches!(name, "--card" | "--sunken") {
                        found[place].push(Color::read(value.trim_end_matches(';')).unwrap());
                    }
                }
            }
        }
        found
    }

    /// Colours from all over the cube.
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
    fn every_colour_has_a_readable_text_on_it() {
        for color in colors() {
            assert!(contrast(text_on(color), color) >= LEAST, "{color}");
        }
    }

    #[test]
    fn every_colour_has_a_shade_that_is_readable_on_every_page() {
        let [light, dark] = grounds();
        assert!(light.len() >= 7 && dark.len() >= 7, "{light:?} {dark:?}");
        for color in colors() {
            for (ground, all) in [(&LIGHT, &light), (&DARK, &dark)] {
                let shade = readable(color, ground);
                for one in all {
                    assert!(contrast(shade, *one) >= LEAST, "{color}, {shade} on {one}");
                }
            }
        }
    }

    #[test]
    fn a_colour_that_can_be_read_stays_as_it_is() {
        let color = |written| Color::read(written).unwrap();
        assert_eq!(readable(color("#1a3f94"), &LIGHT), color("#1a3f94"));
        assert_eq!(text_on(color("#1a3f94")), WHITE);
        assert_eq!(text_on(color("#ffcc00")), BLACK);
        assert!((contrast(WHITE, BLACK) - 21.0).abs() < 0.01);
    }
}
