"""Draws a lineage: documents as dots in the order of time, lines from each to what it cites.

The rule of the picture, which kg/pages/assets/lineage-layout.js follows to the letter (a test compares the two), so
that a picture that grows in the browser is the one that would have been drawn here:

1. Time runs from left to right. Each year that occurs is a band; inside it, a document stands right of what it cites
   and of nothing younger: the days decide, and where they are the same or not known, the citations (`columns`).
   A document without a year stands in the year of the latest that it cites, or in a band of its own at the left if it
   cites nothing that has one. What is cited although it is younger is drawn as a line that turns back.
2. A line that spans several columns passes through a waypoint in each, between the labels. Lines that share the end
   with more lines share their waypoints and part where they must (`tracks`).
3. The order in each column begins as it is met on the way from the root; sweeps to the right and to the left put each
   thing at the mean of its neighbours, and pairs change places, as long as that saves crossings; a line then goes on in
   the middle of the documents that hang on it (`crossings`).
4. Heights come as near to the mean of the neighbours as the room of each label allows (`heights`).
5. Labels never decide: a column is as wide as its widest symbol, or of one width where titles are shown; what is longer
   is cut. So a picture has one shape in all languages (`labels`).
"""

from kg.drawing.model import Document, Line, Plan
from kg.drawing.plan import plan

__all__ = ["Document", "Line", "Plan", "plan"]
