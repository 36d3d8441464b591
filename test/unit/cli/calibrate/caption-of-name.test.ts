import { captionOfName } from "../../../../src/cli/calibrate/caption-of-name";

it.each([
  ["cats/Red-Cat_07.jpg", "Red Cat"],
  ["a dog at the sea (2).jpeg", "a dog at the sea"],
  ["IMG_20240102_sunset over Rome.png", "sunset over Rome"],
  ["l'été à Paris.webp", "l'été à Paris"],
  ["猫.png", "猫"],
  ["Katze.v2.final.jpg", "Katze v final"],
])("%s is a picture of %j", (name, caption) => {
  expect(captionOfName(name)).toBe(caption);
});

it.each([
  "IMG_1234.JPG",
  "DSC00012.jpg",
  "2024-01-02 12.30.45.png",
  "Screenshot 3.png",
  "a.jpg",
  "WhatsApp Image 2024.jpeg",
])("%s says nothing", (name) => {
  expect(captionOfName(name)).toBeNull();
});
