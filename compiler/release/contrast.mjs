// Moves a colour away from its background until text in it can be read.

const ENOUGH = 4.6;
const HSL = /^hsla?\(([\d.]+),\s*([\d.]+)%,\s*([\d.]+)%/;

function rgb([hue, saturation, lightness]) {
  const amount = (saturation / 100) * Math.min(lightness / 100, 1 - lightness / 100);
  return [0, 8, 4].map((offset) => {
    const place = (offset + hue / 30) % 12;
    return lightness / 100 - amount * Math.max(-1, Math.min(place - 3, 9 - place, 1));
  });
}

function luminance(colour) {
  const [red, green, blue] = rgb(colour).map((part) =>
    part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4,
  );
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one, other) {
  const [dark, light] = [luminance(one), luminance(other)].sort((a, b) => a - b);
  return (light + 0.05) / (dark + 0.05);
}

const parse = (text) => HSL.exec(text)?.slice(1).map(Number);

/** Returns the CSS colour `text`, darker or lighter where its contrast on `background` is low. */
export function readable(text, background) {
  const [colour, behind] = [parse(text), parse(background)];
  if (!colour || !behind) return text;
  const step = luminance(behind) > 0.5 ? -1 : 1;
  while (contrast(colour, behind) < ENOUGH && colour[2] > 0 && colour[2] < 100) colour[2] += step;
  return `hsl(${colour[0]}, ${colour[1]}%, ${colour[2]}%)`;
}
