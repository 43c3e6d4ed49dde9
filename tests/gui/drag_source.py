"""Another program, from whose window a file is dragged. It ends with 0 once that is taken."""

import sys

from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtGui import QDrag
from PySide6.QtWidgets import QApplication, QLabel


class Source(QLabel):
    """Begins a drag as soon as the pressed mouse moves."""

    def mouseMoveEvent(self, event):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(name) for name in sys.argv[1:]])
        drag = QDrag(self)
        drag.setMimeData(data)
        taken = drag.exec(Qt.DropAction.CopyAction)
        QApplication.exit(0 if taken is Qt.DropAction.CopyAction else 1)


if __name__ == "__main__":
    application = QApplication(sys.argv[:1])
    source = Source("file")
    source.setWindowTitle("Something to drag")
    source.setWindowFlags(Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowStaysOnTopHint)
    source.setGeometry(0, 0, 120, 60)
    source.show()
    sys.exit(application.exec())
